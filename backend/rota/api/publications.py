"""Look at what publishing would do, publish, and read what was published."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.rota.api.publication_shapes import (
    PublicationOut,
    PublicationPreviewOut,
    PublishIn,
)
from backend.rota.selectors.publications import list_publications
from backend.rota.selectors.publishing import preview_publication
from backend.rota.services.publish import publish_rota


class PublicationPreview(OperationView):
    """What still stands against publishing the draft, and what it would change for whom."""

    operations = {"get": "preview_publication"}

    @extend_schema(responses=PublicationPreviewOut)
    def get(self, request: Request, rota_id: int) -> Response:
        found = preview_publication(actor_of(request), rota_id, timezone.now())
        return Response(PublicationPreviewOut(found).data)


class PublishRota(OperationView):
    """Tell people the draft as it is.

    409 with `rota.has_breaches`, `rota.stale` or `rota.note_needed`. Publishing what is
    published already answers with that publication.
    """

    operations = {"post": "publish_rota"}

    @extend_schema(request=PublishIn, responses=PublicationOut)
    def post(self, request: Request, rota_id: int) -> Response:
        given = PublishIn(data=request.data)
        given.is_valid(raise_exception=True)
        viewer = actor_of(request)
        done = publish_rota(
            rota_id=rota_id, actor=viewer, now=timezone.now(), **given.validated_data
        )
        shown = next(
            row for row in list_publications(viewer, rota_id) if row["number"] == done.number
        )
        return Response(PublicationOut(shown).data)


class Publications(OperationView):
    """The publications of a week, newest first."""

    operations = {"get": "list_publications"}

    @extend_schema(responses=PublicationOut(many=True))
    def get(self, request: Request, rota_id: int) -> Response:
        found = list_publications(actor_of(request), rota_id)
        return Response(PublicationOut(found, many=True).data)
