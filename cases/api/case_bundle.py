"""A case as a bundle that proves itself."""

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from cases import access
from cases.api.file_name import named_file
from cases.api.redaction import RECIPIENT, REDACTION, stated_recipient, wanted_level
from cases.bundle.packing import stream_bundle
from cases.bundle.signing import signing_key
from cases.choices import RedactionLevel
from cases.queries.officers import get_officer
from cases.row_scope import through
from cases.services.export_case import export_case
from cases.services.release_case import release_case


class CaseBundleView(APIView):
    """The bundle of a case."""

    @extend_schema(
        operation_id="exportCase",
        parameters=[REDACTION, RECIPIENT],
        responses={
            (200, "application/zip"): OpenApiResponse(
                {"type": "string", "format": "binary"}, "The ZIP file, with its manifest, signature and verifier."
            )
        },
    )
    def get(self, request: Request, reference: str) -> StreamingHttpResponse:
        """Export a case whole and signed; it takes the rights to export and to see names.

        At a redaction level it is a released copy instead: records, letters and pictures as that reader may see them.
        """
        officer = get_officer(request.user)
        case = access.access_case(officer, reference)
        # Before anything is written down or sent: without its key there is no bundle.
        key = signing_key(settings.BUNDLE_KEY_FILE)
        level = wanted_level(request, RedactionLevel.FULL)
        recipient, now = stated_recipient(request, level), timezone.now()
        if level == RedactionLevel.FULL:
            export = export_case(officer=officer, case=case, recipient=recipient, exported_at=now)
        else:
            export = release_case(officer=officer, case=case, level=level, recipient=recipient, released_at=now)
        return StreamingHttpResponse(
            through(access.scope_of(officer), stream_bundle(export.files, facts=export.facts, key=key)),
            content_type="application/zip",
            headers={**named_file(f"{case.reference}.zip"), "Cache-Control": "no-store"},
        )
