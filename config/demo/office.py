"""The demonstration office: units, groups, invented persons, accounts and roles."""

from dataclasses import dataclass
from datetime import date, datetime

from config.demo.log_ins import PASSWORD
from vinhdanh.accounts import actions as accounts
from vinhdanh.people.actions import accounts as roles
from vinhdanh.people.actions import groups, persons, units
from vinhdanh.people.models import Person, RoleHolding, Unit

Kind, Role = Unit.Kind, RoleHolding.Role

DEPARTMENT = "Sở Văn hóa và Thể thao tỉnh An Bình"
_SINCE = date(2012, 1, 1)


@dataclass(frozen=True)
class Place:
    """A unit below the department, and its invented head and clerk."""

    name: str
    kind: str
    short_name: str
    head: str
    clerk: str
    title: str = "Trưởng phòng"
    other_names: tuple[str, ...] = ()


PLACES = (
    Place(
        "Văn phòng Sở",
        Kind.OFFICE,
        "VP",
        "Lê Thị Minh Nguyệt",
        "Trần Thị Thu Hà",
        "Chánh Văn phòng",
    ),
    Place(
        "Thanh tra Sở", Kind.OFFICE, "TTr", "Phạm Đức Thịnh", "Ngô Thị Bích Liên", "Chánh Thanh tra"
    ),
    Place("Phòng Tổ chức - Pháp chế", Kind.OFFICE, "P.TCPC", "Vũ Hoàng Nam", "Đặng Thùy Dung"),
    Place("Phòng Kế hoạch - Tài chính", Kind.OFFICE, "P.KHTC", "Bùi Thị Hồng Vân", "Phan Quốc Anh"),
    Place("Phòng Quản lý Văn hóa", Kind.OFFICE, "P.QLVH", "Nguyễn Văn Ất", "Lý Thị Ánh Tuyết"),
    Place(
        "Phòng Quản lý Di sản văn hóa",
        Kind.OFFICE,
        "P.QLDS",
        "Đinh Công Tráng Minh",
        "Hồ Thị Kim Oanh",
    ),
    Place(
        "Phòng Quản lý Thể dục thể thao",
        Kind.OFFICE,
        "P.QLTDTT",
        "Trịnh Xuân Bách",
        "Cao Thị Ngọc Ánh",
    ),
    Place(
        "Bảo tàng tỉnh", Kind.AFFILIATED, "BT", "Lương Thế Vĩnh", "Mai Thị Hương Giang", "Giám đốc"
    ),
    Place("Thư viện tỉnh", Kind.AFFILIATED, "TV", "Tạ Thị Thanh Thủy", "Kiều Văn Ứng", "Giám đốc"),
    Place(
        "Trung tâm Văn hóa - Nghệ thuật tỉnh",
        Kind.AFFILIATED,
        "TTVHNT",
        "Quách Đình Lâm",
        "Nghiêm Thị Yến",
        "Giám đốc",
    ),
    Place(
        "Nhà hát Ca múa nhạc dân gian Việt An Bình",
        Kind.AFFILIATED,
        "NHCMN",
        "Âu Dương Thành",
        "Chử Thị Lan",
        "Giám đốc",
    ),
    Place(
        "Trung tâm Huấn luyện và Thi đấu thể dục thể thao",
        Kind.AFFILIATED,
        "TTHLTĐ",
        "Đoàn Mạnh Ý",
        "Văn Thị Ngân",
        "Giám đốc",
    ),
    Place(
        "Ban Quản lý di tích và danh thắng",
        Kind.AFFILIATED,
        "BQLDT",
        "Khuất Duy Tiến An",
        "Thạch Thị Sương",
        "Trưởng ban",
    ),
    Place("Khối thi đua số 1", Kind.BLOC, "Khối 1", "Vũ Hoàng Nam", "", "Khối trưởng"),
    Place("Khối thi đua số 2", Kind.BLOC, "Khối 2", "Tạ Thị Thanh Thủy", "", "Khối trưởng"),
    Place(
        "Hội đồng Thi đua - Khen thưởng Sở",
        Kind.COUNCIL,
        "HĐTĐKT",
        "",
        "Lê Thị Minh Nguyệt",
        "Thư ký",
        ("Hội đồng TĐKT Sở",),
    ),
    Place("Hội đồng Sáng kiến Sở", Kind.COUNCIL, "HĐSK", "", "Đặng Thùy Dung", "Thư ký"),
)

# Account, person, title, unit and role.
OTHERS = (
    ("giamdoc", "Hoàng Minh Họa", "Giám đốc Sở", DEPARTMENT, Role.DIRECTOR),
    ("quantri", "Đỗ Quản Trị", "Quản trị hệ thống", DEPARTMENT, Role.ADMINISTRATOR),
    ("kiemtoan", "Tô Kiểm Toán", "Cán bộ giám sát", DEPARTMENT, Role.AUDITOR),
    (
        "chutich",
        "Hà Thị Chủ Tịch",
        "Phó Giám đốc Sở",
        "Hội đồng Thi đua - Khen thưởng Sở",
        Role.COUNCIL_CHAIR,
    ),
    (
        "uyvien",
        "Lâm Ủy Viên",
        "Chủ tịch Công đoàn ngành",
        "Hội đồng Thi đua - Khen thưởng Sở",
        Role.COUNCIL_MEMBER,
    ),
    ("kiemtra", "Phùng Kiểm Tra", "Thanh tra viên", "Thanh tra Sở", Role.INSPECTOR),
    ("giamkhao", "Giang Giám Khảo", "Giám khảo cuộc thi viết", DEPARTMENT, Role.JUDGE),
    ("nhanvien", "Triệu Thị Nhân Viên", "Thủ thư", "Thư viện tỉnh", None),
)

# The accounts of the units' people that are printed; the others are named after the unit.
_USERNAMES = {
    ("Văn phòng Sở", "clerk"): "vanphong",
    ("Phòng Quản lý Văn hóa", "clerk"): "canbo",
    ("Phòng Quản lý Văn hóa", "head"): "thutruong",
    ("Thư viện tỉnh", "clerk"): "thuvien",
    ("Phòng Tổ chức - Pháp chế", "head"): "khoitruong",
    ("Văn phòng Sở", "head"): "thuky",
}
OUTSIDE = (
    ("Ủy ban nhân dân tỉnh An Bình", "UBND tỉnh", Kind.CITY),
    ("Ban Thi đua - Khen thưởng tỉnh", "Ban TĐKT tỉnh", Kind.OTHER),
    ("Bộ Văn hóa, Thể thao và Du lịch", "Bộ VHTTDL", Kind.MINISTRY),
    ("Sở Văn hóa, Thể thao và Du lịch tỉnh Hòa Thuận", "Sở VHTTDL Hòa Thuận", Kind.DEPARTMENT),
)


class _Staff:
    """Gives each invented person one row, whatever number of positions they hold."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.persons: dict[str, Person] = {}

    def serve(self, name: str, unit: Unit, title: str, *, is_head: bool = False) -> Person:
        if name in self.persons:
            person = self.persons[name]
            persons.begin_position(
                person, unit=unit, title=title, is_head=is_head, from_on=_SINCE, by=None
            )
            return person
        number = len(self.persons) + 1
        code = f"MH-{number:02}"
        self.persons[name] = persons.create_person(
            full_name=name,
            unit=unit,
            title=title,
            is_head=is_head,
            code=code,
            email=f"canbo{number:02}@anbinh.example",
            from_on=_SINCE,
            by=None,
        )
        return self.persons[name]

    def account(self, person: Person, username: str) -> None:
        if person.user is None:
            user, _one_time = roles.open_account(person, username=username, by=None, at=self.at)
            accounts.choose_password(user, PASSWORD)


def build(*, at: datetime) -> Unit:
    """The department with everything below it and around it; gives the department back."""
    for position, (name, short_name, kind) in enumerate(OUTSIDE):
        units.create_unit(
            parent=None,
            name=name,
            short_name=short_name,
            kind=kind,
            outside=True,
            position=position,
            by=None,
        )
    department = units.create_unit(
        parent=None,
        name=DEPARTMENT,
        short_name="Sở VHTT",
        kind=Kind.DEPARTMENT,
        valid_from=_SINCE,
        by=None,
    )
    made = {DEPARTMENT: department}
    for position, place in enumerate(PLACES):
        made[place.name] = units.create_unit(
            parent=department, name=place.name, short_name=place.short_name, kind=place.kind,
            other_names=place.other_names, valid_from=_SINCE, position=position, by=None,
        )  # fmt: skip
    groups.create_group(
        office=department, name="Các phòng, đơn vị thuộc Sở", anchor=department,
        kinds=[Kind.OFFICE, Kind.AFFILIATED], by=None,
        other_names="Các phòng, ban, đơn vị thuộc Sở\nCác phòng, đơn vị\nCác đơn vị thuộc Sở",
    )  # fmt: skip
    groups.create_group(
        office=department, name="Các Khối thi đua thuộc Sở", anchor=department, kinds=[Kind.BLOC], by=None,
        other_names="Các Khối thi đua\nCác Khối thi đua Sở",
    )  # fmt: skip
    _staff(made, at)
    return department


def _staff(made: dict[str, Unit], at: datetime) -> None:
    staff = _Staff(at)
    for number, place in enumerate(PLACES, start=1):
        unit = made[place.name]
        is_bloc = place.kind == Kind.BLOC
        if place.head:
            head = staff.serve(place.head, unit, place.title, is_head=True)
            staff.account(head, _USERNAMES.get((place.name, "head"), f"thutruong{number:02}"))
            roles.grant_role(
                head, role=Role.BLOC_HEAD if is_bloc else Role.HEAD, unit=unit, by=None
            )
        if place.clerk:
            is_council = place.kind == Kind.COUNCIL
            title = place.title if is_council else "Chuyên viên phụ trách thi đua, khen thưởng"
            clerk = staff.serve(place.clerk, unit, title)
            staff.account(clerk, _USERNAMES.get((place.name, "clerk"), f"canbo{number:02}"))
            role = Role.COUNCIL_SECRETARY if is_council else Role.CLERK
            roles.grant_role(clerk, role=role, unit=unit, by=None)
    office = staff.persons["Trần Thị Thu Hà"]
    roles.grant_role(office, role=Role.OFFICE, unit=made[DEPARTMENT], by=None)
    for username, name, title, place_name, held in OTHERS:
        person = staff.serve(name, made[place_name], title, is_head=held == Role.DIRECTOR)
        staff.account(person, username)
        if held:
            roles.grant_role(person, role=held, unit=made[place_name], by=None)
