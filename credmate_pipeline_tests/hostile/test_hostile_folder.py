"""An uploads folder in which somebody has put more than files."""

import os
import socket
from pathlib import Path

import pytest

from credmate_pipeline.cli.upload import files_below
from credmate_pipeline.errors import ConfigurationError, PermanentError, UnreadableDocument
from credmate_pipeline.uploads.folder_tree import uri_of
from credmate_pipeline.uploads.local_folder import LocalUploads


@pytest.fixture
def owner(tmp_path: Path) -> Path:
    """The folder of one owner, beside a secret that is nobody's upload."""
    folder = tmp_path / "root/documents/owner"
    folder.mkdir(parents=True)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/secret.pdf").write_bytes(b"secret")
    return folder


def store(owner: Path) -> LocalUploads:
    return LocalUploads(owner.parents[1], settle_seconds=0)


def listed(owner: Path) -> list[str]:
    uploads = store(owner)
    everything = sorted(upload.key for upload in uploads.list_all())
    assert sorted(upload.key for upload in uploads.list_new(None, at_most=100).uploads) == everything
    return everything


def test_links_pipes_sockets_and_devices_are_no_uploads(owner: Path, tmp_path: Path) -> None:
    (owner / "honest.pdf").write_bytes(b"%PDF-")
    (owner / "link.pdf").symlink_to(tmp_path / "secrets/secret.pdf")
    (owner / "linked").symlink_to(tmp_path / "secrets")
    (owner / "dangling.pdf").symlink_to("nowhere")
    (owner / "itself.pdf").symlink_to("itself.pdf")
    os.mkfifo(owner / "pipe.pdf")
    os.chdir(owner)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.pdf")
        assert listed(owner) == ["documents/owner/honest.pdf"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_no_upload(owner: Path) -> None:
    os.mknod(owner / "zero.pdf", 0o20644, os.makedev(1, 5))
    assert listed(owner) == []


def test_a_second_name_of_a_file_is_an_upload_of_its_own(owner: Path) -> None:
    (owner / "a.pdf").write_bytes(b"%PDF-")
    (owner / "b.pdf").hardlink_to(owner / "a.pdf")
    assert listed(owner) == ["documents/owner/a.pdf", "documents/owner/b.pdf"]


def test_names_that_point_upward_lead_nowhere(owner: Path, tmp_path: Path) -> None:
    uploads = store(owner)
    with pytest.raises(PermanentError):
        uploads.put("documents/owner/../../../secrets/new.pdf", b"x")
    for path in (tmp_path / "secrets/secret.pdf", owner / "../../../secrets/secret.pdf"):
        with pytest.raises(ConfigurationError):
            uploads.read(uri_of(path))
    assert not (tmp_path / "secrets/new.pdf").exists()


def test_a_file_that_turns_into_a_link_after_it_was_listed_is_not_followed(owner: Path, tmp_path: Path) -> None:
    (owner / "a.pdf").write_bytes(b"%PDF-")
    [upload] = store(owner).list_all()
    (owner / "a.pdf").unlink()
    (owner / "a.pdf").symlink_to(tmp_path / "secrets/secret.pdf")
    with pytest.raises(UnreadableDocument, match="no longer in the uploads folder"):
        store(owner).read(upload.uri)


def test_an_owners_folder_that_is_a_link_is_not_walked_into(owner: Path, tmp_path: Path) -> None:
    owner.rmdir()
    owner.symlink_to(tmp_path / "secrets")
    assert listed(owner) == []
    with pytest.raises(ConfigurationError, match="symbolic link"):
        store(owner).put("documents/owner/new.pdf", b"x")


def test_uploading_or_reading_a_folder_leaves_links_out(owner: Path, tmp_path: Path) -> None:
    (owner / "honest.pdf").write_bytes(b"%PDF-")
    (owner / "link.pdf").symlink_to(tmp_path / "secrets/secret.pdf")
    (owner / "linked").symlink_to(tmp_path / "secrets")
    os.mkfifo(owner / "pipe.pdf")
    assert [path.name for path in files_below([owner])] == ["honest.pdf"]
