"""A paper as a Word document, laid out as the PDF is: its own styles, sections and headers."""

import io
from collections.abc import Iterable
from typing import Any

import docx as python_docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm
from lxml import etree

from vinhdanh.papers.rules import fitting, word, words
from vinhdanh.papers.rules.house import CONTACT_GAP, CONTACT_INSET, Look, look
from vinhdanh.papers.rules.tree import (
    Annex,
    Basis,
    Heading,
    Paper,
    Paragraph,
    Part,
    Signature,
    Table,
)
from vinhdanh.papers.rules.word import Style, paragraph, run
from vinhdanh.papers.rules.words import Words

STYLES = (
    Style("NationalTitle", "Quốc hiệu", "national_title", "center"),
    Style("Motto", "Tiêu ngữ", "motto", "center"),
    Style("UpperBody", "Cơ quan chủ quản", "upper_body", "center"),
    Style("Issuer", "Cơ quan ban hành", "issuer", "center"),
    Style("Number", "Số, ký hiệu", "number", "center"),
    Style("LetterSubject", "Trích yếu công văn", "letter_subject", "center"),
    Style("PlaceAndDate", "Địa danh, thời gian", "place_and_date", "center"),
    Style("Title", "Title", "kind", "center", above=14, keep_next=True, level=1),
    Style("Subtitle", "Subtitle", "subject", "center", keep_next=True),
    Style("Basis", "Căn cứ", "basis", "justify", above=6, spaced=True, indented=True),
    Style("BodyText", "Body Text", "body", "justify", above=6, spaced=True, indented=True),
    *(
        Style(
            f"Heading{level}",
            f"heading {level}",
            f"heading_{level}",
            "justify",
            above=6,
            spaced=True,
            indented=True,
            keep_next=True,
            level=level + 1,
        )
        for level in (1, 2, 3)
    ),
    Style("Addressees", "Kính gửi", "addressees"),
    Style("Authority", "Chức vụ người ký", "authority", "center", keep_next=True),
    Style("Signer", "Họ tên người ký", "signer", "center"),
    Style("RecipientsWord", "Nơi nhận", "recipients_word"),
    Style("Recipients", "Danh sách nơi nhận", "recipients", hanging=fitting.HANG),
    Style("AnnexLabel", "Phụ lục", "annex_label", "center", keep_next=True, level=1),
    Style("AnnexName", "Tên phụ lục", "annex_name", "center", keep_next=True),
    Style("AnnexNote", "Chỉ dẫn phụ lục", "annex_note", "center", keep_next=True),
    Style("Contact", "Địa chỉ cơ quan", "contact", "center"),
    Style("Urgency", "Độ khẩn", "urgency", "center"),
    Style("TableText", "Chữ trong bảng", "body"),
    Style("Header", "header", "page_number"),
)
# What every document has beside these.
_KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
_FILLER = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Filler">'
    '<w:name w:val="Khoảng trống"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
)
_GREY = "595959"
# The share of the width that recipients take beside the signature.
_RECIPIENTS_SHARE = 0.45
# More recipients than this may run over to the next page.
MANY_RECIPIENTS = 40


def docx(paper: Paper) -> bytes:
    """The paper as DOCX; looks as `pdf` does, but for the type's name."""
    measures, said = look(paper.signed_on), words.of(paper)
    document = python_docx.Document()
    _styles(document, measures, paper.language)
    _settings(document, paper.language)
    _properties(document, said, paper.language)
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)

    _page(document.sections[0], measures, said, landscape=False)
    if said.contact:
        _contact(document.sections[0], said, measures)
    texts = [_front(paper, said, measures)]
    for annex in paper.annexes:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        _page(section, measures, said, landscape=annex.landscape)
        if said.contact:
            _foot_of(section.first_page_footer, word.FILLER)
        texts.append(_annex(annex, measures))
    _fill(document, texts)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _fill(document: Document, texts: list[str]) -> None:
    """Put each text before the end of its section.

    As text, for lxml takes ever longer to move elements from one long document into another.
    """
    body = document.element.body
    for place, end in enumerate(list(body)):
        if end.tag == qn("w:p"):
            end.style = "Filler"
        end.addprevious(etree.Comment(f"{place}"))
    whole = etree.tostring(document.element, encoding="unicode")
    for place, text in enumerate(texts):
        whole = whole.replace(f"<!--{place}-->", text, 1)
    document.part._element = parse_xml(whole)


def _styles(document: Document, measures: Look, language: str) -> None:
    sheet = document.styles.element
    for style in list(sheet.iterchildren(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT:
            sheet.remove(style)
    for style in STYLES:
        sheet.append(_element(word.style(style, measures)))
    sheet.append(_element(_FILLER))
    defaults = sheet.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    font = "".join(f' w:{of}="{measures.font}"' for of in ("ascii", "hAnsi", "eastAsia", "cs"))
    size = f"{measures.styles['body'].size * 2:.0f}"
    for xml in (
        f"<w:rFonts{font}/>",
        f'<w:sz w:val="{size}"/>',
        f'<w:szCs w:val="{size}"/>',
        f'<w:lang w:val="{_region(language)}" w:eastAsia="{_region(language)}"/>',
    ):
        defaults.append(_element(xml))


def _region(language: str) -> str:
    return "vi-VN" if language == "vi" else language


def _element(xml: str) -> Any:
    return word.elements(xml)[0]


def _settings(document: Document, language: str) -> None:
    settings = document.settings.element
    # Below 15 Word takes the file for an old one, and puts tables a cell's margin too far left.
    mode = settings.find(
        f"{qn('w:compat')}/{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']"
    )
    mode.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), _region(language))


def _properties(document: Document, said: Words, language: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = said.title[:255], said.author[:255]
    properties.language, properties.comments = _region(language), ""
    properties.last_modified_by = said.author[:255]
    # The days and the picture of the template say nothing about this paper.
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):
            properties._element.remove(element)
    package = document.part.package.rels
    for key in [key for key, link in package.items() if link.reltype.endswith("/thumbnail")]:
        del package[key]


def _page(section: Section, measures: Look, said: Words, *, landscape: bool) -> None:
    upright = (Mm(measures.width), Mm(measures.height))
    section.page_width, section.page_height = upright[::-1] if landscape else upright
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(measures.top), Mm(measures.bottom)
    section.left_margin, section.right_margin = Mm(measures.left), Mm(measures.right)
    section.header_distance = Mm(measures.header_distance)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for counted in properties.findall(qn("w:pgNumType")):
        properties.remove(counted)
    counted = properties.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
    properties.find(qn("w:pgMar")).addnext(counted)

    room = measures.room(landscape=landscape)
    tabs = (("center", room / 2), ("right", room))
    draft = run(said.draft, bold=True, color=_GREY)
    for header, number in ((section.header, word.PAGE_NUMBER), (section.first_page_header, "")):
        header.is_linked_to_previous = False
        tab = "<w:r><w:tab/></w:r>"
        made = paragraph("Header", tab, number, tab, draft, tabs=tabs)
        empty = header.paragraphs[0]._p
        empty.getparent().replace(empty, word.elements(made)[0])


def _contact(section: Section, said: Words, measures: Look) -> None:
    """Where the body is reached, at the foot of the first page and within its margins."""
    section.footer_distance = Mm(measures.bottom)
    told = (paragraph("Contact", run(line)) for line in said.contact)
    line = word.rule(measures.text_width, measures.text_width, below=CONTACT_INSET)
    _foot_of(section.first_page_footer, word.gap(CONTACT_GAP), line, *told)
    _foot_of(section.footer, word.FILLER)


def _foot_of(footer: _Footer, *paragraphs: str) -> None:
    footer.is_linked_to_previous = False
    empty = footer.paragraphs[0]._p
    for made in word.elements("".join(paragraphs)):
        empty.addprevious(made)
    empty.getparent().remove(empty)


def _front(paper: Paper, said: Words, measures: Look) -> str:
    """Everything before the annexes."""
    lines = fitting.rules(said, measures)
    made = [_head(said, measures, lines)]
    if said.kind:
        made.append(paragraph("Title", run(said.kind)))
        made.append(paragraph("Subtitle", run(said.subject)))
        made.append(word.rule(lines["subject"], measures.text_width, below=4))
    made += _addressees(said, measures)
    made += _parts(paper.parts, measures, measures.text_width, before_signature=True)
    made += _foot(paper, said, measures)
    return "".join(made)


def _head(said: Words, measures: Look, lines: dict[str, float]) -> str:
    widths = (measures.issuer_column, measures.nation_column)
    issuer = [
        paragraph("UpperBody", run(said.upper)) if said.upper else "",
        paragraph("Issuer", run(said.issuer)),
        word.rule(lines["issuer"], widths[0]),
    ]
    nation = [
        paragraph("NationalTitle", run(words.NATIONAL_TITLE)),
        paragraph("Motto", run(words.MOTTO)),
        word.rule(lines["motto"], widths[1]),
    ]
    number = [paragraph("Number", run(said.number), above=4)]
    if said.letter_subject:
        number.append(
            paragraph("LetterSubject", run(said.letter_subject), above=measures.letter_subject_gap)
        )
    if said.stamp in measures.stamps:
        number.append(word.stamp(said.stamp, measures.stamps[said.stamp]))
    place = paragraph("PlaceAndDate", run(said.place_and_date), above=4)
    return word.columns(
        widths, ("".join(issuer), "".join(nation)), ("".join(number), place), whole=False
    )


def _addressees(said: Words, measures: Look) -> list[str]:
    if len(said.addressees) == 1:
        words_said = run(f"{said.greeting} {said.addressees[0]}")
        centred = paragraph("Addressees", words_said, align="center", above=14)
        return [centred, word.gap(measures.gap)]
    if not said.addressees:
        return []
    hanging = fitting.HANG * measures.styles["addressees"].size * 25.4 / 72
    start = fitting.addressee_indent(said, measures) + hanging
    greeting = fitting.greeting_indent(measures)
    return [
        paragraph("Addressees", run(said.greeting), start=greeting, above=14),
        *(
            paragraph("Addressees", run(name), start=start, hanging=hanging)
            for name in said.addressees
        ),
        word.gap(measures.gap),
    ]


def _parts(
    parts: Iterable[Part], measures: Look, room: float, *, before_signature: bool = False
) -> list[str]:
    """`before_signature`: the last words stay with what follows."""
    parts = tuple(parts)
    made: list[str] = []
    for place, part in enumerate(parts):
        stays = before_signature and place == len(parts) - 1
        if isinstance(part, Table):
            made += _table(part, measures, room)
        elif isinstance(part, Heading):
            made.append(paragraph(f"Heading{part.level}", run(words.heading(part))))
        elif isinstance(part, Basis):
            made.append(paragraph("Basis", run(words.plain(part.text)), keep_next=stays))
        else:
            made.append(_paragraph(part, keep_next=stays))
    return made


def _paragraph(part: Paragraph, *, keep_next: bool) -> str:
    lead = words.one_line(part.lead)
    return paragraph(
        "BodyText",
        run(f"{lead} ", bold=True) if lead else "",
        run(
            words.plain(part.text),
            bold=part.emphasis == "bold",
            italic=part.emphasis == "italic",
        ),
        align="" if part.align == "justify" else part.align,
        start=0.0 if part.align in {"center", "right"} else None,
        keep_next=keep_next,
    )


def _table(table: Table, measures: Look, room: float) -> list[str]:
    caption = words.one_line(table.caption)
    body = word.table(
        fitting.column_widths(table, room, measures),
        [words.plain(column.title) for column in table.columns],
        table.rows,
        [column.align for column in table.columns],
    )
    named = run(caption, bold=True)
    above = paragraph("BodyText", named, align="center", start=0.0, keep_next=True)
    return [above if caption else "", word.gap(measures.gap), body, word.FILLER]


def _annex(annex: Annex, measures: Look) -> str:
    room = measures.room(landscape=annex.landscape)
    note = words.one_line(annex.note)
    return "".join(
        [
            paragraph("AnnexLabel", run(words.annex_label(annex.label))),
            paragraph("AnnexName", run(words.one_line(annex.name).upper())),
            paragraph("AnnexNote", run(note)) if note else "",
            word.rule(fitting.rule("annex_note", note, room, measures), room, below=4),
            *_parts(annex.parts, measures, room),
        ]
    )


def _foot(paper: Paper, said: Words, measures: Look) -> list[str]:
    recipients = [
        paragraph("RecipientsWord", run(words.RECIPIENTS), keep_next=True),
        *(paragraph("Recipients", run(name)) for name in said.recipients),
    ]
    listed = "".join(recipients) if said.recipients else ""
    left = _signing(paper.secretary, paper.signature, measures) if paper.secretary else listed
    right = _signing(paper.signature, paper.secretary, measures) if paper.signature else ""
    if not left and not right:
        return []
    share = measures.text_width * _RECIPIENTS_SHARE
    above = word.gap(11)
    return [
        above,
        word.columns(
            (share, measures.text_width - share),
            (left, right),
            whole=len(said.recipients) <= MANY_RECIPIENTS,
        ),
        above + listed if paper.secretary else word.FILLER,
    ]


def _signing(signature: Signature, beside: Signature | None, measures: Look) -> str:
    """One who signs; beside one who signs for another, a line is left so that both names stand at
    one height."""
    printed = words.signature(signature)
    is_short = beside and words.signature(beside).authority and not printed.authority
    return "".join(
        [
            paragraph("Authority", run(printed.authority)) if printed.authority else "",
            paragraph("Authority", run(printed.title)),
            paragraph("Authority", "") if is_short else "",
            paragraph("Signer", run(printed.name), above=measures.signing_room * 72 / 25.4),
        ]
    )
