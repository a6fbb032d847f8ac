"""What the secretariat does in the background: laying out long papers."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.secretariat.actions import papers
from vinhdanh.secretariat.models import Paper


@app.task(name="vinhdanh.secretariat.tasks.issue_paper", retry=3)
def issue_paper(paper_id: str) -> None:
    """Issue a long paper; nothing to do when that is done or the paper is gone."""
    paper = Paper.objects.filter(pk=paper_id).first()
    if paper:
        papers.carry_on_issuing(paper, at=timezone.now())
