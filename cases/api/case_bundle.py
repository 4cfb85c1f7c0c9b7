"""A case as a bundle that proves itself."""

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from cases import access
from cases.bundle.packing import stream_bundle
from cases.bundle.signing import signing_key
from cases.queries.officers import get_officer
from cases.row_scope import through
from cases.services.export_case import export_case


class CaseBundleView(APIView):
    """The bundle of a case."""

    @extend_schema(
        operation_id="exportCase",
        responses={
            (200, "application/zip"): OpenApiResponse(
                {"type": "string", "format": "binary"}, "The ZIP file, with its manifest, signature and verifier."
            )
        },
    )
    def get(self, request: Request, reference: str) -> StreamingHttpResponse:
        """Export a case whole and signed; it takes the rights to export and to see names."""
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        # Before anything is written down or sent: without its key there is no bundle.
        key = signing_key(settings.BUNDLE_KEY_FILE)
        export = export_case(officer=officer, case=case, exported_at=timezone.now())
        return StreamingHttpResponse(
            through(access.scope_of(officer), stream_bundle(export.files, facts=export.facts, key=key)),
            content_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="{case.reference}.zip"',
                "Cache-Control": "no-store",
            },
        )
