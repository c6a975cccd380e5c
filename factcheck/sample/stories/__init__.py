"""What the sample newsroom checks: the trade talks between the United States and China in May and June 2025."""

from factcheck.sample.stories.published import PUBLISHED
from factcheck.sample.stories.under_way import UNDER_WAY
from factcheck.sample.stories.waiting import WAITING

STORIES = (*PUBLISHED, *UNDER_WAY, *WAITING)
