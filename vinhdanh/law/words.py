"""The law in words: a Vietnamese line for a condition, a vote, a bonus, a duty.

Law is told in the language it is written in, on every screen. Numbers are written as officials do:
"05 năm", "từ 70% trở lên", "01/7/2025".
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from vinhdanh.law.awards import Award, Bonus, Dated, Decider, Dossier, Duty, Vote
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import (
    After,
    Aged,
    Group,
    Held,
    Initiative,
    Judged,
    Meets,
    Members,
    Occupied,
    OfKind,
    OfSort,
    Once,
    Rated,
    Retiring,
    Share,
    Sourced,
    Tenure,
    TimeInPosition,
    Undisciplined,
)

RATINGS = {
    "failed": "không hoàn thành nhiệm vụ",
    "completed": "hoàn thành nhiệm vụ",
    "good": "hoàn thành tốt nhiệm vụ",
    "excellent": "hoàn thành xuất sắc nhiệm vụ",
}
REACHES = {"grassroots": "cơ sở", "province": "bộ, ban, ngành, tỉnh", "nation": "toàn quốc"}
RECIPIENTS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
OCCUPATIONS = {
    "official": "cán bộ, công chức, viên chức",
    "worker": "công nhân",
    "farmer": "nông dân",
    "labourer": "người lao động",
    "entrepreneur": "doanh nhân",
    "intellectual": "trí thức, nhà khoa học",
}
CLASSES = {
    "merit": "công trạng",
    "movement": "phong trào thi đua",
    "theme": "chuyên đề",
    "ad_hoc": "đột xuất",
    "service": "quá trình cống hiến",
    "seniority": "niên hạn",
    "foreign": "đối ngoại",
}
KINDS = {"title": "danh hiệu thi đua", "commendation": "hình thức khen thưởng"}
LEVELS = {"grassroots": "cấp cơ sở", "province": "cấp bộ, tỉnh", "nation": "cấp Nhà nước"}
GRADES = {
    "A": "đã đọc trong văn bản",
    "B": "chưa đối chiếu văn bản, để người xét",
    "C": "chưa chắc chắn, để người xét",
}
DUTIES = {
    "consult": "Lấy ý kiến",
    "posting": "Công khai",
    "party_opinion": "Ý kiến cấp ủy",
    "conclusion": "Kết luận",
    "deadline": "Hạn gửi",
    "time_limit": "Thời hạn giải quyết",
    "payer": "Chi thưởng",
    "objects": "Hiện vật",
    "rhythm": "Kỳ xét",
    "proposer": "Nơi đề nghị",
    "simple_procedure": "Thủ tục đơn giản",
    "quota": "Số lượng, tỷ lệ",
    "exception": "Ngoại lệ",
    "clock": "Cách tính thời gian",
    "single_use": "Chỉ dùng một lần",
    "scope": "Phạm vi",
}
_FORMATS = {"paper": "bản giấy", "pdf": "tệp PDF", "docx": "tệp Word"}
_WHO = {"completed": "hoàn thành nhiệm vụ trở lên", "advanced": "đạt Lao động tiên tiến"}


def criterion(criterion: Sourced, book: Book) -> str:
    """The line for one condition: "Xếp loại hoàn thành tốt nhiệm vụ trở lên 05 năm liên tục"."""
    return _line(criterion, book)


def after(after: After, book: Book) -> str:
    """The line for the award from which a window counts."""
    return f"Đã được tặng {_any_of(after.codes, book)}; tính từ khi lập thành tích lần đó"


def group(group: Group) -> str:
    """The heading of a group: its name, clause and class, and whether all or one is asked."""
    asked = "đạt một trong các điều kiện sau" if group.any else "đạt tất cả các điều kiện sau"
    if len(group.all or group.any) == 1 and not group.after:
        asked = "đạt điều kiện sau"
    head = [group.name, clause(group.branch)]
    if group.of_class:
        head.append(f"loại hình {CLASSES[group.of_class]}")
    named = ", ".join(filter(None, head))
    return _capital(f"{named}: {asked}" if named else asked)


def clause(branch: str) -> str:
    """The clause that a branch is: "74.1.d" is "Điều 74 khoản 1 điểm d"."""
    levels = zip(("Điều", "khoản", "điểm"), branch.split("."), strict=False)
    return " ".join(f"{level} {number}" for level, number in levels) if branch else ""


def clauses(branches: Sequence[str]) -> str:
    """One of several clauses: "Điều 74 khoản 1 điểm a, b hoặc c"."""
    outer = {branch.rpartition(".")[0] for branch in branches}
    if len(branches) > 1 and len(outer) == 1 and outer != {""}:
        last = clause(branches[0]).rpartition(" ")[0]
        return f"{last} {_or(branch.rpartition('.')[2] for branch in branches)}"
    return _or(clause(branch) for branch in branches)


def decider(decider: Decider) -> str:
    """Who confers, and who proposes."""
    return decider.who + (f"; {decider.proposed_by} đề nghị" if decider.proposed_by else "")


def dossier(dossier: Dossier, book: Book) -> str:
    """The papers of a dossier, how many copies and in which form."""
    named = (book.documents[code].name for code in dossier.documents)
    parts = [*named]
    if dossier.copies is not None:
        parts.append(f"{dossier.copies:02d} bộ" + (" bản chính" if dossier.original else ""))
    if dossier.formats:
        parts.append(", ".join(_FORMATS[form] for form in dossier.formats))
    if dossier.status == "delegated":
        parts.append("phần còn lại do cấp được phân cấp quy định")
    return "; ".join(parts)


def vote(vote: Vote) -> str:
    """The least share of votes and of whom."""
    if vote.status == "delegated":
        said = "Tỷ lệ và cách biểu quyết do cấp được phân cấp, quy chế Hội đồng quy định"
    elif vote.status == "unknown" or vote.share is None:
        said = "Chưa biết tỷ lệ phải đạt"
    else:
        how = "Bỏ phiếu" if vote.ballot else "Biểu quyết"
        council = vote.council or "Hội đồng"
        share = percent(vote.share)
        said = f"{how}, đồng ý từ {share} trở lên trên tổng số thành viên {council}"
    return said + (f"; thành viên vắng: {_small(vote.absent)}" if vote.absent else "")


def bonus(bonus: Bonus) -> str:
    """The multiples of the base salary: "cá nhân 1,5 lần, tập thể 3 lần mức lương cơ sở"."""
    of = {"person": bonus.person, "collective": bonus.collective, "household": bonus.household}
    parts = [
        f"{RECIPIENTS[whom]} {number(times)} lần" for whom, times in of.items() if times is not None
    ]
    if not parts:
        return "Văn bản không nêu tiền thưởng"
    most = "không quá " if bonus.is_ceiling else ""
    return _capital(f"{most}{', '.join(parts)} mức lương cơ sở")


def duty(duty: Duty) -> str:
    """What else the law asks, with whom and how long where it says so."""
    text = duty.text + (f" ({duty.who})" if duty.who and duty.who not in duty.text else "")
    kind = DUTIES[duty.kind]
    return text if text.startswith(kind) else f"{kind}: {text}"


def period(dated: Dated) -> str:
    """The days on which it holds: "từ 01/07/2025 đến 28/02/2027", "" where no day is known."""
    since = f"từ {dated.since:%d/%m/%Y}" if dated.since else ""
    until = f"đến {dated.until:%d/%m/%Y}" if dated.until else ""
    return " ".join(filter(None, (since, until)))


def day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def percent(share: Decimal) -> str:
    return f"{number(share * 100)}%"


def number(value: Decimal) -> str:
    """As written in Vietnamese: a comma before decimals, none where there are no decimals."""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def money(dong: int) -> str:
    return f"{dong:,} đồng".replace(",", ".")


def awards(codes: Iterable[str], book: Book) -> tuple[str, ...]:
    """The names of awards; a code that the book does not know is its own name."""
    return tuple(_name(code, book) for code in codes)


@singledispatch
def _line(criterion: Sourced, book: Book) -> str:
    raise TypeError(criterion)


@_line.register
def _(rated: Rated, book: Book) -> str:
    level = _level(rated.at_least)
    if rated.or_award:
        level += f" hoặc đạt {_any_of(rated.or_award, book)}"
    years = f"{rated.years:02d} năm"
    if rated.span == "count":
        return f"Có ít nhất {years} xếp loại {level}"
    if rated.span == "whole":
        return f"Xếp loại {level} liên tục mọi năm, từ {years} trở lên"
    if rated.others:
        return f"Xếp loại {level} {years} liên tục; các năm còn lại {_level(rated.others)}"
    return f"Xếp loại {level} " + ("trong năm xét" if rated.years == 1 else f"{years} liên tục")


@_line.register
def _(held: Held, book: Book) -> str:
    kinds = {book.awards[code].kind for code in held.codes if code in book.awards}
    won = "được tặng" if "commendation" in kinds else "đạt"
    named, times = _any_of(held.codes, book), f"{held.at_least:02d} lần"
    if held.span == "ending":
        return f"Có {times} liên tục {won} {named}"
    if held.span == "ever" and held.at_least == 1:
        return f"Đã {won} {named}"
    return f"Có ít nhất {times} {won} {named}"


@_line.register
def _(initiative: Initiative, book: Book) -> str:
    reach = "trở lên" if initiative.reach != "nation" else ""
    said = (
        f"Có {initiative.at_least:02d} sáng kiến hoặc đề tài khoa học, đề án khoa học, công trình "
        f"khoa học và công nghệ được công nhận, phạm vi {REACHES[initiative.reach]} {reach}"
    ).strip()
    if initiative.within == 1:
        return f"{said}, trong năm xét"
    return said + (f", trong {initiative.within:02d} năm" if initiative.within else "")


@_line.register
def _(share: Share, book: Book) -> str:
    if share.at_least == 1:
        return f"100% cá nhân {_WHO[share.of]}"
    return f"Từ {percent(share.at_least)} trở lên số cá nhân {_WHO[share.of]}"


@_line.register
def _(members: Members, book: Book) -> str:
    disciplined = members.who == "disciplined"
    who = "bị kỷ luật từ cảnh cáo trở lên" if disciplined else "đạt Chiến sĩ thi đua cơ sở"
    bounds = []
    if members.at_least is not None:
        bounds.append(f"có ít nhất {members.at_least:02d} cá nhân {who}")
    if members.at_most is not None:
        most = f"không quá {members.at_most:02d}" if members.at_most else "không có"
        bounds.append(f"{most} cá nhân {who}")
    return _capital(", ".join(bounds))


@_line.register
def _(tenure: Tenure, book: Book) -> str:
    said = " hoặc ".join(_held_for(position, book) for position in tenure.positions)
    if tenure.women:
        said += f"; nữ lãnh đạo, quản lý được giảm {1 - Fraction(tenure.women)} thời gian"
    return f"Giữ chức vụ {said}"


@_line.register
def _(undisciplined: Undisciplined, book: Book) -> str:
    in_position = undisciplined.when == "in_position"
    return "Không bị kỷ luật" + (" trong thời gian giữ chức vụ" if in_position else "")


@_line.register
def _(retiring: Retiring, book: Book) -> str:
    return "Đã có thông báo hoặc quyết định nghỉ hưu"


@_line.register
def _(meets: Meets, book: Book) -> str:
    said = f"Đạt tiêu chuẩn {_name(meets.award, book)}"
    return f"{said} theo {clauses(meets.branches)}" if meets.branches else said


@_line.register
def _(once: Once, book: Book) -> str:
    return "Chỉ tặng một lần, chưa được tặng trước đó"


@_line.register
def _(occupied: Occupied, book: Book) -> str:
    return f"Là {_or(OCCUPATIONS[one] for one in occupied.one_of)}"


@_line.register
def _(of_kind: OfKind, book: Book) -> str:
    return f"Là {_or(RECIPIENTS[one] for one in of_kind.one_of)}"


@_line.register
def _(of_sort: OfSort, book: Book) -> str:
    return _capital(of_sort.text or f"thuộc đối tượng {_or(of_sort.one_of)}")


@_line.register
def _(aged: Aged, book: Book) -> str:
    return f"Xây dựng và phát triển từ {aged.at_least:02d} năm trở lên"


@_line.register
def _(judged: Judged, book: Book) -> str:
    return judged.text


def _level(rating: str) -> str:
    return RATINGS[rating] + ("" if rating == "excellent" else " trở lên")


def _held_for(position: TimeInPosition, book: Book) -> str:
    name = book.positions[position.title].name
    if position.below:
        return f"{name} từ {position.at_least:02d} năm đến dưới {position.below:02d} năm"
    return f"{name} từ {position.at_least:02d} năm trở lên"


def _any_of(codes: Sequence[str], book: Book) -> str:
    return _or(awards(codes, book))


def _name(code: str, book: Book) -> str:
    award: Award | None = book.awards.get(code)
    return award.name if award else code


def _or(names: Iterable[str]) -> str:
    *before, last = [*names] or [""]
    return f"{', '.join(before)} hoặc {last}" if before else last


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
