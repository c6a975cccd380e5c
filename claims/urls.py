from django.urls import path

from claims.views import (
    act,
    adjudication,
    carrying,
    discussion,
    from_article,
    history,
    new_claim,
    pinning,
    public,
    queue,
    review,
    second_look,
    sheets,
    sign_off,
    sources,
    workspace,
)

app_name = "claims"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("claims/new/", new_claim.new, name="new"),
    path("claims/from-article/", from_article.from_article, name="from-article"),
    path("claims/<int:pk>/", workspace.workspace, name="claim"),
    path("claims/<int:pk>/edit/", new_claim.edit, name="edit"),
    path("claims/<int:pk>/act/<slug:verb>/", act.act, name="act"),
    path("claims/<int:pk>/review/", review.review, name="review"),
    path("claims/<int:pk>/adjudicate/", adjudication.adjudicate, name="adjudicate"),
    path("claims/<int:pk>/sign-off/", sign_off.sign_off, name="sign-off"),
    path("claims/<int:pk>/second-look/", second_look.second_look, name="second-look"),
    path("claims/<int:pk>/sources/", sources.sources, name="sources"),
    path("claims/<int:pk>/sources/<int:citation_id>/retry/", sources.retry, name="retry"),
    path("claims/<int:pk>/evidence/<int:snapshot_id>/", pinning.pin, name="pin"),
    path("claims/<int:pk>/appearances/", discussion.appearance, name="appearances"),
    path("claims/<int:pk>/comments/", discussion.comment, name="comments"),
    path("claims/<int:pk>/people/", discussion.assign, name="people"),
    path("claims/<int:pk>/history/", history.history, name="history"),
    path("evidence/<int:evidence_id>/withdraw/", pinning.withdraw, name="withdraw"),
    path("evidence/<int:evidence_id>/restore/", pinning.restore, name="restore"),
    path("evidence/<int:evidence_id>/carry-over/", carrying.carry_over, name="carry-over"),
    path("assignments/<int:assignment_id>/remove/", discussion.unassign, name="unassign"),
]

#: Addresses for readers. They are promises: none of them ever changes.
for_readers = (
    [
        path("facts/", public.index, name="index"),
        path("facts/<slug:slug>/", public.sheet, name="sheet"),
        path("facts/<slug:slug>/v<int:number>/", public.sheet, name="sheet"),
        path("facts/<slug:slug>.wacz", public.sheet_wacz, name="sheet-wacz"),
        path("facts/<slug:slug>/v<int:number>.wacz", public.sheet_wacz, name="sheet-wacz"),
        path("facts/<slug:slug>.<str:form>", public.sheet_file, name="sheet-file"),
        path("facts/<slug:slug>/v<int:number>.<str:form>", public.sheet_file, name="sheet-file"),
        path("checked/<int:pk>/", public.claim, name="claim"),
        path("checked/<int:pk>/v<int:number>/", public.claim, name="claim"),
        path("checked/<int:pk>.wacz", public.claim_wacz, name="claim-wacz"),
        path("checked/<int:pk>/v<int:number>.wacz", public.claim_wacz, name="claim-wacz"),
    ],
    "public",
)

fact_sheets = (
    [
        path("fact-sheets/", sheets.sheets, name="list"),
        path("fact-sheets/new/", sheets.new, name="new"),
        path("fact-sheets/<int:pk>/", sheets.edit, name="edit"),
        path("fact-sheets/<int:pk>/publish/", sheets.publish, name="publish"),
    ],
    "sheets",
)
