"""Import a file: check, look, apply. Export a branch."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import OperationView, actor_of
from backend.exchange import services
from backend.exchange.api.serializers import ImportIn, ImportOut
from backend.exchange.export import export_branch
from backend.exchange.reading import MOST_BYTES
from backend.exchange.selectors import imports_for
from backend.organisation.selectors import branches_for_office

MEDIA = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("application/zip", "zip"),
}


class CheckImport(OperationView):
    """Say what importing a file would do, and what is wrong with it; nothing is imported yet."""

    operations = {"post": "check_import"}
    parser_classes = (MultiPartParser,)

    @extend_schema(request=ImportIn, responses={201: ImportOut})
    def post(self, request: Request) -> Response:
        given = ImportIn(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        job = services.check_import(
            # One byte more than allowed is enough to be refused.
            content=file.read(MOST_BYTES + 1),
            file_name=file.name,
            branch_id=given.validated_data.get("branch"),
            actor=actor_of(request),
            now=timezone.now(),
        )
        return Response(ImportOut(job).data, status=status.HTTP_201_CREATED)


class GetImport(OperationView):
    """A file that was checked, with what it would do or did."""

    operations = {"get": "get_import"}

    @extend_schema(responses=ImportOut)
    def get(self, request: Request, import_id: int) -> Response:
        return Response(ImportOut(imports_for(actor_of(request)).get(pk=import_id)).data)


class ApplyImport(OperationView):
    """Import a file that was checked: all of it or nothing."""

    operations = {"post": "apply_import"}

    @extend_schema(request=None, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        job = services.apply_import(
            import_id=import_id, actor=actor_of(request), now=timezone.now()
        )
        return Response(ImportOut(job).data)


class ExportParameters(serializers.Serializer[dict[str, str]]):
    """In which form a branch is wanted."""

    format = serializers.ChoiceField(choices=sorted(MEDIA), default="xlsx")


class ExportBranch(OperationView):
    """A branch as a workbook, or as a zip of CSV files."""

    operations = {"get": "export_branch"}

    @extend_schema(
        parameters=[OpenApiParameter("format", OpenApiTypes.STR, enum=sorted(MEDIA))],
        responses={(200, media): OpenApiTypes.BINARY for media, _ in MEDIA.values()},
    )
    def get(self, request: Request, branch_id: int) -> HttpResponse:
        wanted = ExportParameters(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        actor = actor_of(request)
        branch = branches_for_office(actor).select_related("organisation").get(pk=branch_id)
        form = wanted.validated_data["format"]
        media, ending = MEDIA[form]
        content = export_branch(branch, form, actor=actor, now=timezone.now())
        headers = {"Content-Disposition": f'attachment; filename="branch-{branch.pk}.{ending}"'}
        return HttpResponse(content, content_type=media, headers=headers)
