import json
from pathlib import Path

from backend.embedded.account import current_account
from backend.embedded.data_folder import DataFolder
from backend.embedded.secrets_file import secrets_of


def test_an_installation_of_before_the_audit_chain_keeps_its_secrets_and_gets_the_new_ones(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path, current_account())
    drawn = secrets_of(folder)
    path = folder.path / "secrets.json"
    older = {name: value for name, value in json.loads(path.read_text()).items() if not name.startswith("audit_")}
    path.write_text(json.dumps(older))

    again = secrets_of(folder)
    assert (again.owner, again.secret_key) == (drawn.owner, drawn.secret_key)
    assert again.audit_seal == json.loads(path.read_text())["audit_seal"] != drawn.audit_seal
    assert len(bytes.fromhex(again.audit_signing)) == 32
    assert secrets_of(folder) == again
    assert path.stat().st_mode & 0o777 == 0o600
