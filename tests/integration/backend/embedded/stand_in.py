"""`backend.run` with small programs in place of Cordon's own: `python stand_in.py PORT`."""

import sys
from dataclasses import replace
from pathlib import Path

from backend.run import Programs, Site, run

PREPARE = """
import os, time, psycopg
time.sleep(float(os.environ.get("STAND_IN_PREPARES_FOR_S", "0")))
assert os.environ["CORDON_DATABASE_ROLE"] == "owner"
with psycopg.connect(os.environ["DATABASE_URL"]) as owner:
    owner.execute("CREATE TABLE IF NOT EXISTS visits (id bigint GENERATED ALWAYS AS IDENTITY, at date DEFAULT now())")
print("  prepared", flush=True)
"""
WEB = """
import http.server, os, sys, psycopg, redis
sys.exit(os.environ.get("STAND_IN_WEB_FAILS"))if "STAND_IN_WEB_FAILS" in os.environ else None
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with psycopg.connect(os.environ["DATABASE_APP_URL"]) as app:
            app.execute("INSERT INTO visits DEFAULT VALUES")
        redis.Redis.from_url(os.environ["REDIS_URL"]).incr("visits")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getuid()).encode())
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""
# A worker with a process of its own below it, as Celery's is.
WORKER = "import signal, subprocess; subprocess.Popen(['sleep', '1000']); signal.pause()"


def programs(site: Site) -> Programs:
    """Return programs that need nothing but the servers."""
    return Programs(
        prepare=replace(site.python("prepare", "-c", PREPARE, CORDON_DATABASE_ROLE="owner"), log=None),
        staying=(site.python("worker", "-c", WORKER), site.python("web", "-c", WEB)),
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))
    raise SystemExit(run(int(sys.argv[1]), programs))
