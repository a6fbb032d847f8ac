"""Ten invented years of the demonstration office: who was rated how, and what was conferred on whom.

Plain facts, always the same for the same persons; `honours` puts them into the register.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Tôn Nữ", "Âu Dương",
)  # fmt: skip
WOMEN = (
    "Thị Ngọc Bích", "Thị Phương Thảo", "Thị Thúy Hằng", "Hoàng Diệu Linh", "Thị Kim Ngân",
    "Thị Hải Yến", "Thu Trang", "Thị Mỹ Duyên", "Bảo Châu", "Thị Cẩm Vân", "Quỳnh Anh",
    "Thị Xuân Đào", "Ngọc Ánh", "Thị Hồng Nhung", "Công Tằng Mỹ Hạnh",
)  # fmt: skip
MEN = (
    "Văn Đức", "Quốc Bảo", "Minh Khôi", "Hữu Phước", "Đình Trọng", "Anh Tuấn", "Xuân Trường",
    "Văn Ích", "Thanh Tùng", "Gia Huy", "Mạnh Cường", "Tiến Đạt", "Văn Ước", "Bá Lộc",
)  # fmt: skip
TITLES = (
    "Chuyên viên", "Chuyên viên chính", "Phó Trưởng phòng", "Kế toán viên", "Nhân viên văn thư",
    "Viên chức nghiệp vụ",
)  # fmt: skip
_INITIATIVES = (
    "Số hóa hồ sơ di tích cấp tỉnh bằng ảnh chụp toàn cảnh",
    "Quy trình tiếp nhận, trả lời bạn đọc trong 24 giờ",
    "Cải tiến giáo án huấn luyện thể lực cho vận động viên trẻ",
    "Đưa sân khấu dân gian vào giờ ngoại khóa của trường học",
    "Bảng theo dõi tiến độ công việc dùng chung của phòng",
    "Giảm thời gian thẩm định hồ sơ biểu diễn nghệ thuật còn 03 ngày làm việc",
    "Tủ sách lưu động cho xã vùng cao",
    "Bản đồ số các thiết chế văn hóa, thể thao cơ sở",
)


@dataclass(frozen=True)
class Worker:
    """An invented member of staff of a unit, who has served `since` a year."""

    name: str
    unit: str
    title: str
    code: str
    sex: str
    born: tuple[int, int, int]
    since: int


@dataclass
class Career:
    """Ten years of one person: rating by year ("" where none was kept), and what was conferred."""

    ratings: dict[int, str] = field(default_factory=dict)
    # (award, year, of_class), in the order of time.
    awards: list[tuple[str, int, str]] = field(default_factory=list)
    # Title, reach and year of each.
    initiatives: list[tuple[str, str, int]] = field(default_factory=list)

    def won(self, award: str, year: int) -> bool:
        return any(code == award and won == year for code, won, _class in self.awards)

    def last(self, award: str) -> int:
        return max((year for code, year, _class in self.awards if code == award), default=0)


def workers(units: Sequence[str], *, year: int, each: int) -> Iterator[Worker]:
    """So many members of staff for each unit."""
    chance = random.Random(152)  # noqa: S311 (invented people)
    number = 0
    for unit in units:
        for _ in range(each):
            number += 1
            is_woman = chance.random() < 0.55
            given = chance.choice(WOMEN if is_woman else MEN)
            yield Worker(
                name=f"{chance.choice(FAMILY)} {given}",
                unit=unit,
                title=chance.choice(TITLES),
                code=f"NV-{number:03}",
                sex="female" if is_woman else "male",
                born=(chance.randint(1968, 1999), chance.randint(1, 12), chance.randint(1, 28)),
                since=chance.choice((year - 12, year - 12, year - 9, year - 6, year - 3)),
            )


def career(key: str, *, first: int, last: int) -> Career:
    """The years from `first` to `last` of the person of the key."""
    chance = random.Random(key)  # noqa: S311 (invented people)
    excellent = chance.choice((0.1, 0.2, 0.3, 0.75, 0.85))
    found = Career()
    for year in range(first, last + 1):
        drawn = chance.random()
        found.ratings[year] = (
            "excellent" if drawn < excellent else "good" if drawn < 0.94 else "completed"
        )
        if found.ratings[year] == "completed":
            continue
        if chance.random() < excellent / 2 and len(found.initiatives) < len(_INITIATIVES):
            reach = "province" if chance.random() < 0.3 else "grassroots"
            used = {title for title, _reach, _year in found.initiatives}
            title = chance.choice([title for title in _INITIATIVES if title not in used])
            found.initiatives.append((title, reach, year))
        _honour(found, year, chance)
    return found


def _honour(found: Career, year: int, chance: random.Random) -> None:
    """What the year brought, in the order in which it is conferred."""
    found.awards.append(("DH_LDTT", year, ""))
    if found.ratings[year] == "excellent" and chance.random() < 0.8:
        found.awards.append(("DH_CSTD_CS", year, ""))
    chain = all(found.won("DH_CSTD_CS", year - back) for back in range(3))
    wide = any(reach == "province" and year - made < 3 for _t, reach, made in found.initiatives)
    if chain and wide and year - found.last("DH_CSTD_TINH") >= 3:
        found.awards.append(("DH_CSTD_TINH", year, ""))
    twice = found.won("DH_CSTD_CS", year) and found.won("DH_CSTD_CS", year - 1)
    if twice and year - found.last("HT_BK_TINH_CN") > 4 and chance.random() < 0.6:
        found.awards.append(("HT_BK_TINH_CN", year, "merit"))
    base = found.last("HT_BK_TINH_CN")
    since = range(base + 1, year + 1) if base else range(0)
    good = all(found.ratings.get(back) in {"good", "excellent"} for back in since)
    fought = sum(found.won("DH_CSTD_CS", back) for back in since)
    if base and year - base >= 5 and good and fought >= 3 and not found.last("HT_BK_TTG_CN"):
        found.awards.append(("HT_BK_TTG_CN", year, "merit"))
    if chance.random() < 0.12:
        found.awards.append(("HT_GK_SO", year, chance.choice(("theme", "ad_hoc"))))


def steady(*, first: int, last: int, missing: int) -> Career:
    """A good worker who has won three times in a row, with a year that nobody kept."""
    found = Career()
    for year in range(first, last + 1):
        if year == missing:
            continue
        strong = year > last - 3
        found.ratings[year] = "excellent" if strong else "good"
        found.awards.append(("DH_LDTT", year, ""))
        if strong:
            found.awards.append(("DH_CSTD_CS", year, ""))
    found.awards.append(("HT_BK_TINH_CN", last - 1, "merit"))
    found.awards.append(("HT_GK_SO", last - 4, "theme"))
    found.initiatives.append((_INITIATIVES[1], "grassroots", last - 1))
    found.initiatives.append((_INITIATIVES[6], "province", last))
    return found


def collective(key: str, *, first: int, last: int) -> Career:
    """The years of a collective."""
    chance = random.Random(f"tập thể {key}")  # noqa: S311 (invented)
    excellent = chance.choice((0.3, 0.6, 0.95))
    found = Career()
    for year in range(first, last + 1):
        found.ratings[year] = "excellent" if chance.random() < excellent else "good"
        found.awards.append(("DH_TTLDTT", year, ""))
        if found.ratings[year] == "excellent":
            found.awards.append(("DH_TTLDXS", year, ""))
            if chance.random() < 0.2:
                found.awards.append(("DH_CO_TINH", year, "merit"))
        twice = found.won("DH_TTLDXS", year) and found.won("DH_TTLDXS", year - 1)
        if twice and year - found.last("HT_BK_TINH_TT") > 3:
            found.awards.append(("HT_BK_TINH_TT", year, "merit"))
    return found
