"""A small law of two awards, written into a folder."""

from pathlib import Path

FILES = {
    "texts.yaml": """\
- {name: Luật 06/2022/QH15, title: Luật Thi đua khen thưởng, from: 2024-01-01}
- {name: NĐ 152/2025/NĐ-CP, title: Nghị định, from: 2025-07-01, until: 2027-02-28}
- {name: CV 5007/BNV-TĐKT, title: Công văn}
""",
    "documents.yaml": """\
- {code: proposal, name: Tờ trình}
""",
    "positions.yaml": """\
- {code: department_director, name: Giám đốc Sở, rank: 1}
""",
    "salaries.yaml": """\
- {from: 2024-07-01, until: 2026-06-30, amount: 2340000, source: NĐ 152/2025/NĐ-CP Điều 4, grade: A}
- {from: 2026-07-01, amount: 2530000, source: NĐ 152/2025/NĐ-CP Điều 49, grade: A}
""",
    "transitions.yaml": """\
- code: receipt
  aspects: [criteria]
  axis: received
  day: 2024-01-01
  text: Theo ngày tiếp nhận.
  source: Luật 06/2022/QH15 Điều 96
  grade: A
""",
    "delegated.yaml": """\
- code: vote_share
  from: 2025-07-01
  until: 2027-02-28
  name: Tỷ lệ phiếu
  text: Tỷ lệ phiếu tối thiểu.
  by: Thành phố
  kind: share
  awards: [DH_CSTD_CS]
  source: NĐ 152/2025/NĐ-CP Điều 6
  grade: A
""",
    "rules/bonuses.yaml": """\
- code: TH_02
  topic: bonuses
  from: 2025-07-01
  text: Làm tròn lên hàng chục nghìn đồng.
  values: {up_to: 10000}
  source: NĐ 152/2025/NĐ-CP Điều 49 khoản 2
  grade: A
""",
    "awards/dh_ldtt.yaml": """\
code: DH_LDTT
name: Lao động tiên tiến
kind: title
recipients: [person]
level: grassroots
rank: 10
versions:
  - from: 2024-01-01
    text: Luật 06/2022/QH15
    criteria:
      any:
        - branch: "24.1"
          all:
            - {criterion: rating, at_least: good, source: Luật 06/2022/QH15 Điều 24, grade: A}
deciders:
  - {from: 2024-01-01, who: Giám đốc Sở, source: Luật 06/2022/QH15 Điều 80, grade: A}
""",
    "awards/dh_cstd_cs.yaml": """\
code: DH_CSTD_CS
name: Chiến sĩ thi đua cơ sở
kind: title
recipients: [person]
level: grassroots
rank: 20
versions:
  - from: 2024-01-01
    text: Luật 06/2022/QH15
    criteria:
      all:
        - {criterion: meets, award: DH_LDTT, source: Luật 06/2022/QH15 Điều 23, grade: A}
        - criterion: rating
          at_least: excellent
          source: Luật 06/2022/QH15 Điều 23
          grade: A
deciders:
  - {from: 2024-01-01, who: Giám đốc Sở, source: Luật 06/2022/QH15 Điều 80, grade: A}
dossiers:
  - from: 2025-07-01
    status: fixed
    documents: [proposal]
    source: NĐ 152/2025/NĐ-CP Điều 34
    grade: A
bonuses:
  - {from: 2025-07-01, until: 2027-02-28, person: 1.0, source: NĐ 152/2025/NĐ-CP Điều 50, grade: A}
""",
}


def a_law(folder: Path, changed: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the law into the folder; `changed`: in this file, the first text becomes the second."""
    for name, text in FILES.items():
        before, after = (changed or {}).get(name, ("", ""))
        assert before in text
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(before, after, 1) if before else text, encoding="utf-8")
    return folder
