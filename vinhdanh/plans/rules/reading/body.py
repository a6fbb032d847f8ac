"""Duties that stand in the running text: sentences with an owner, a time, or both."""

import re
from dataclasses import dataclass, field, replace

from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.plans.rules.due import read_due
from vinhdanh.plans.rules.plan import Item, Task
from vinhdanh.plans.rules.reading.outline import BULLETS
from vinhdanh.plans.rules.reading.owners import begins_with_head, names
from vinhdanh.plans.rules.reading.times import is_only_a_time, timed_parts

_FIELD = re.compile(
    r"(?P<due>(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành"
    r"|triển\s+khai|cuối))*)\s*:"
    r"|(?P<support>(?:(?:cơ\s+quan|đơn\s+vị|bộ\s+phận"
    r"|các\s+đơn\s+vị)\s+)?phối\s+hợp(?:\s+thực\s+hiện)?)\s*:"
    r"|(?P<lead>(?:(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|người)\s+)(?:chủ\s+trì|thực\s+hiện"
    r"|phụ\s+trách|đầu\s+mối|tham\s+mưu)"
    r"(?:\s*,?\s+(?:thực\s+hiện|tham\s+mưu))?|(?:chủ\s+trì|phụ\s+trách"
    r"|phân\s+công)(?:\s+thực\s+hiện)?)\s*:"
    r"|(?P<product>(?:sản\s+phẩm|kết\s+quả)(?:\s+(?:đầu\s+ra|dự\s+kiến|hoàn\s+thành))?)\s*:",
    re.IGNORECASE,
)
_NO_DUTIES = re.compile(
    r"(?:muc dich|quan diem|muc tieu|can cu|tinh hinh|dac diem|co so phap ly|thuan loi|kho khan"
    r"|yeu cau)\b"
)
_ORDER = re.compile(
    r"^(?:Giao(?: cho)?|Đề nghị|Yêu cầu|Phân công|Trách nhiệm của|[Đđ]ối với|Nhiệm vụ của)\s+"
)
_VERB = re.compile(
    r"[\s,]+(?:(?:có|chịu) trách nhiệm|(?:là|làm) (?:cơ quan |đơn vị )?đầu mối|là (?:cơ quan"
    r"|đơn vị)|chủ trì"
    r"|chủ động|chỉ đạo|tham mưu|phối hợp|thực hiện|xây dựng|đăng ký|tổ chức|báo cáo|gửi|căn cứ"
    r"|triển khai"
    r"|hướng dẫn|theo dõi|tổng hợp|rà soát|đề xuất|đề nghị|chuẩn bị|hoàn thành|hoàn thiện|lập"
    r"|nộp|bố trí"
    r"|ban hành|kiểm tra|xét|thẩm định|phát động|tuyên truyền|đẩy mạnh|quán triệt|lựa chọn|cử"
    r"|trình|tiến hành"
    r"|bình xét|(?<![Tt]hư )ký|sơ kết|tổng kết|kiện toàn|tiếp nhận|đăng tải|cung cấp|đôn đốc"
    r"|phát hiện|giới thiệu|tập huấn"
    r"|tham gia|thông báo|định kỳ|hàng|hằng|trước ngày|cụ thể hóa|cụ thể hoá|bảo đảm|đảm bảo"
    r"|nghiên cứu|khảo sát"
    r"|quản lý|họp|vận động|mở|tiếp tục|tăng cường|thường xuyên|biên soạn|đánh giá|công bố|trao"
    r"|duy trì|phổ biến|chi (?:trả|thưởng|tiền|khen)|thanh toán|trích|mua|in ấn|cấp phát|niêm yết"
    r"|phân bổ|cân đối|phân công|phê duyệt|quyết định|xem xét|cập nhật|bổ sung|bàn giao|lưu trữ"
    r"|biểu dương|tôn vinh|bồi dưỡng|góp ý|thống kê|hỗ trợ|động viên|giám sát|đề cử"
    r"|giúp|theo (?:quy|kế hoạch|hướng dẫn)|trong (?:tháng|quý|năm|ngày)|chậm nhất|kịp thời)\b"
    r"|\s*:\s*"
)
# Words for deeds that may also end a name: "Phòng Kế hoạch tổng hợp chủ trì …".
_LEADS = re.compile(r"\s+(?=chủ trì\b)")
_ENDS_NAMES = ("tổng hợp", "kiểm tra", "quản lý", "thẩm định", "phát hiện", "tuyên truyền")
_WITH = re.compile(r"phối hợp\s+(?:(?:với|cùng)\s+)?", re.IGNORECASE)
_DONE_BY = re.compile(
    r"\bdo (?P<one>[A-ZĐÀ-Ỹ][^,;.()]{2,80}?) (?:chủ trì|thực hiện|phụ trách|tham mưu"
    r"|chịu trách nhiệm|chuẩn bị|đảm nhiệm|tổ chức|làm đầu mối|tổng hợp)"
    r"|\((?P<other>[A-ZĐÀ-Ỹ][^()]{2,80}?) (?:chủ trì|thực hiện|phụ trách)[),]"
)
# "…: Phòng A." after what is to be done.
_AT_THE_END = re.compile(r":\s*(?P<names>[^:.;]+?)[\s.;/]*$")
_AROUND_A_TIME = " ,:;.()-–"
_CLAUSE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])|;\s+")
# The last words of a plan speak to everybody and charge nobody with a duty of its own.
_CLOSING = re.compile(r"^(?:tren day|trong qua trinh)|\bke hoach nay\b|\bnghiem tuc\b")
_LONGEST_HEADING = 160


@dataclass(slots=True)
class Fields:
    """What labels in the text say: "Chủ trì: …", "Thời gian: …"."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    due: str = ""
    product: str = ""


def body_tasks(items: list[Item], *, year: int, first_month: int, dated_only: bool) -> list[Task]:
    """The duties of the body. `dated_only` leaves out those without a time: enough to compare
    with an annex that holds the tasks."""
    children: dict[int, list[int]] = {}
    for place, item in enumerate(items):
        if item.under is not None:
            children.setdefault(item.under, []).append(place)
    reader = _Body(items, children, year, first_month, dated_only)
    found = [task for place in range(len(items)) for task in reader.tasks(place)]
    return [task for task in found if task.due or not dated_only]


@dataclass(slots=True)
class _Body:
    items: list[Item]
    children: dict[int, list[int]]
    year: int
    first_month: int
    dated_only: bool
    used: set[int] = field(default_factory=set)
    owners_above: dict[int, tuple[str, ...]] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    time_above: dict[int, str] = field(default_factory=dict)

    def tasks(self, place: int) -> list[Task]:
        item = self.items[place]
        self._inherit(place)
        below = self.children.get(place, [])
        if place in self.used or place in self.silent or not item.path:
            return []
        if below and item.style and is_only_a_time(item.text, year=self.year):
            self.time_above[place] = item.text
            return []
        labelled = [child for child in below if _FIELD.match(self.items[child].text)]
        if labelled or _FIELD.search(item.text):
            self.used.update(labelled)
            return [self._labelled(place, [self.items[child].text for child in labelled])]
        is_leaf = not any(self.items[child].style for child in below)
        return self._sentences(place, is_leaf=is_leaf)

    def _inherit(self, place: int) -> None:
        """Whether the item stands under a unit's name, or where no duties stand."""
        item = self.items[place]
        if item.under is not None:
            if item.under in self.silent:
                self.silent.add(place)
            self.owners_above[place] = self._owners_of(item.under)
            if item.under in self.time_above:
                self.time_above[place] = self.time_above[item.under]
        if item.style not in ("", *BULLETS) and _NO_DUTIES.match(fold(item.text)):
            self.silent.add(place)

    def _owners_of(self, place: int) -> tuple[str, ...]:
        """The units that an item names as a heading, else those above it."""
        item = self.items[place]
        heading = _ORDER.sub("", item.text.strip(" :.")).strip()
        if (
            item.style not in ("", *BULLETS)
            and begins_with_head(heading)
            and len(heading) < _LONGEST_HEADING
            and not _VERB.search(heading)
        ):
            return tuple(names([heading]))
        return self.owners_above.get(place, ())

    def _labelled(self, place: int, below: list[str]) -> Task:
        content, fields = _fields([self.items[place].text, *below])
        own, beside = (fields.lead, []) if fields.lead else self._owner(place, content)
        fields.lead, fields.support = own[:1], own[1:] + beside + fields.support
        if content.count("(") > content.count(")"):
            content = f"{content.rstrip(' ,;')})"
        if not fields.due:
            timed = timed_parts(content, year=self.year)
            fields.due = timed[0][1] if timed else self.time_above.get(place, "")
        return self._task(place, content, fields, below)

    def _sentences(self, place: int, *, is_leaf: bool) -> list[Task]:
        item = self.items[place]
        if not item.style and _CLOSING.search(fold(item.text)):
            return []
        clauses = [clause.strip(" ;") for clause in _CLAUSE.split(item.text) if clause.strip(" ;")]
        timed = [pair for clause in clauses for pair in timed_parts(clause, year=self.year)]
        if len(timed) == 1 and len(clauses) < 3:
            timed = [(item.text, timed[0][1])]
        if timed:
            return self._clauses(place, timed)
        if not is_leaf or item.text.rstrip().endswith(":"):
            return []
        if place in self.time_above:
            return [self._sentence(place, item.text, self.time_above[place])]
        if self.dated_only:
            return []
        owner, _ = self._owner(place, item.text)
        named = bool(self.owners_above.get(place)) or _is_assigned(item.text)
        return [self._sentence(place, item.text, "")] if owner and named else []

    def _clauses(self, place: int, timed: list[tuple[str, str]]) -> list[Task]:
        """One task for each clause with a time; one that names nobody goes on from the first."""
        tasks = [self._sentence(place, clause, when) for clause, when in timed]
        lead, support = self._owner(place, _without_time(self.items[place].text, timed[0][1]))
        return [
            task if task.lead else replace(task, lead=tuple(lead), support=tuple(support))
            for task in tasks
        ]

    def _sentence(self, place: int, clause: str, when: str) -> Task:
        lead, support = self._owner(place, _without_time(clause, when))
        return self._task(place, clause, Fields(lead, support, when), [])

    def _owner(self, place: int, clause: str) -> tuple[list[str], list[str]]:
        own, support = owner_in(clause)
        above = list(self.owners_above.get(place, ()))
        if own:
            return own[:1], own[1:] + support
        return above[:1], above[1:] + support

    def _task(self, place: int, content: str, fields: Fields, below: list[str]) -> Task:
        item = self.items[place]
        numbered = item.style not in ("", *BULLETS)
        support = dict.fromkeys(fields.support)
        return Task(
            number=".".join(item.path) if numbered else None,
            content=squeeze(content).rstrip(" .;/"),
            lead=tuple(fields.lead),
            support=tuple(name for name in support if name not in fields.lead),
            product=squeeze(fields.product) or None,
            due=read_due(fields.due, year=self.year, first_month=self.first_month),
            part="body",
            quote=" | ".join([item.line, *below]),
            printed_due=fields.due,
            section=".".join(item.path),
        )


def owner_in(sentence: str) -> tuple[list[str], list[str]]:
    """Who a sentence charges, and with whom: "Giao X chủ trì, phối hợp với Y …"."""
    rest = _ORDER.sub("", sentence, count=1) if _ORDER.match(sentence) else sentence
    lead: list[str] = []
    verb = _VERB.search(rest)
    if verb and verb[0].strip() in _ENDS_NAMES:
        verb = _LEADS.match(rest, verb.end()) or verb
    if verb and begins_with_head(rest) and verb.start() < _LONGEST_HEADING:
        lead = names([rest[: verb.start()]])
    elif by := _DONE_BY.search(sentence):
        lead = names([by["one"] or by["other"]])
    elif (last := _AT_THE_END.search(sentence)) and _is_only_names(last["names"]):
        lead = names([last["names"]])
    support: list[str] = []
    if together := _WITH.search(rest):
        others = rest[together.end() :]
        end = _VERB.search(others)
        named = others[: end.start()] if end else others.rstrip(" .;")
        if begins_with_head(named) and len(named) < _LONGEST_HEADING:
            support = names([named])
    return lead, support


def _without_time(clause: str, when: str) -> str:
    """The clause without its time where that stands first or in brackets, and so hides who is
    named: "Trước ngày 30/10: các khoa …", "Tổng kết (tháng 12): Phòng A"."""
    if not when or when not in clause:
        return clause
    before, _, after = clause.partition(when)
    if not before.strip(_AROUND_A_TIME):
        return after.lstrip(_AROUND_A_TIME)
    if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
        return f"{before.rstrip()[:-1].rstrip()}{after.lstrip()[1:]}"
    return clause


def _is_only_names(text: str) -> bool:
    return begins_with_head(text) and len(text) < _LONGEST_HEADING and not _VERB.search(f" {text} ")


def _is_assigned(text: str) -> bool:
    """Whether the sentence itself charges somebody, rather than only telling about them."""
    called = begins_with_head(text) and 0 < text.find(":") < _LONGEST_HEADING
    return called or bool(_ORDER.match(text)) or "chủ trì" in text or "trách nhiệm" in text


def _fields(texts: list[str]) -> tuple[str, Fields]:
    fields, content = Fields(), ""
    for place, text in enumerate(texts):
        marks = list(_FIELD.finditer(text))
        if place == 0:
            content = text[: marks[0].start()] if marks else text
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            value = text[mark.end() : following.start() if following else len(text)].strip(" .;,-")
            if value.count(")") > value.count("("):
                value = value.removesuffix(")")
            if mark["due"]:
                fields.due = value
            elif mark["product"]:
                fields.product = value
            elif mark["lead"]:
                fields.lead += names([value])
            else:
                fields.support += names([value])
    return content.strip(" .;:-"), fields
