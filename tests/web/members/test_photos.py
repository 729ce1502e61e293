"""Photographs of people: what is taken of a picture, who sends it, who sees it, and what becomes of an old one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import verify
from daihoi.web.members import portraits, services, waiting_photos
from daihoi.web.members.choices import PhotoFault
from daihoi.web.members.models import Person, Portrait, WaitingPhoto
from daihoi.web.members.portraits import HIGH, WIDE, cleaned, looked_at, unpacked
from tests.web.conftest import Tree, person, signed_in
from tests.web.members.pictures import SECRET, huge_png, packed, picture

pytestmark = pytest.mark.django_db
AT = "people_photos"
NO_ZIP = "The zip cannot be opened; pack the pictures anew, without a password."


@pytest.fixture(autouse=True)
def house(settings: LazySettings, tmp_path: Path) -> Path:
    """Photographs of a test lie apart from those of every other."""
    settings.DATA = tmp_path / "house"
    return tmp_path / "house" / portraits.FOLDER


@pytest.fixture
def hoa(tree: Tree) -> Person:
    return services.enter(organisation=tree.commune, full_name="Nguyễn Thị Hoa", code="NL-1", by="test")


@pytest.fixture
def far(tree: Tree) -> Person:
    return services.enter(organisation=tree.far, full_name="Lê Văn Xa", code="DH-1", by="test")


@pytest.fixture
def lan(commission: User) -> Client:
    """Of the organisation commission of Nà Lương."""
    return signed_in(commission)


@pytest.fixture
def clerk(tree: Tree) -> Client:
    """Enters people, and sees no personnel data."""
    user = person("tu", "Lò Văn Tú")
    accounts.grant(user=user, role=Role.CLERK, by="test", organisation=tree.na_luong.key)
    return signed_in(user)


def kept(one: Person, **how: object) -> Portrait:
    services.keep_portrait(person=one, jpeg=cleaned(picture(**how)), by="test")  # type: ignore[arg-type]
    return Portrait.objects.get(person=one)


def sent(client: Client, **files: bytes) -> None:
    given = [SimpleUploadedFile(name.replace("__", "."), data) for name, data in files.items()]
    client.post(reverse(AT), {"photos": given})


def states(client: Client) -> dict[str, str]:
    return {row.waiting.file: row.state for row in client.get(reverse(AT)).context["rows"]}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_as_jpeg_of_three_to_four(kind: str) -> None:
    made = cleaned(picture(kind, (900, 700)))
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.mode, seen.size) == ("JPEG", "RGB", (WIDE, HIGH))
        assert not seen.getexif()
        assert not {"comment", "exif", "icc_profile", "xmp"} & seen.info.keys()
    assert SECRET.encode() not in made
    assert b"Exif" not in made
    assert made.endswith(b"\xff\xd9")


def test_a_picture_that_lies_down_is_stood_up() -> None:
    with Image.open(io.BytesIO(cleaned(picture(turned=True)))) as seen:
        colour = seen.getpixel((WIDE // 2, 20))
    assert isinstance(colour, tuple)
    red, green, _blue = colour
    assert red > 150 > green


def test_what_is_clear_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(cleaned(out.getvalue()))) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PhotoFault.KIND),
        (b"%PDF-1.7", PhotoFault.KIND),
        (b"GIF89a" + b"\0" * 200, PhotoFault.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoFault.KIND),
        (picture()[:3000], PhotoFault.BROKEN),
        (picture("PNG")[:300], PhotoFault.BROKEN),
        (huge_png(), PhotoFault.PIXELS),
        (picture(size=(149, 400)), PhotoFault.SMALL),
        (picture(size=(199, 199)), PhotoFault.SMALL),
        (b"\xff\xd8" + b"\0" * portraits.LARGEST, PhotoFault.LARGE),
    ],
    ids=["empty", "pdf", "gif", "svg", "half JPEG", "half PNG", "4 gigapixels", "narrow", "low", "20 MB"],
)
def test_what_is_no_photograph_is_refused_with_its_reason(data: bytes, fault: PhotoFault) -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned(data)
    assert refused.value.code == fault
    assert looked_at("NL-1.jpg", data).fault == fault


def test_a_zip_gives_its_pictures_by_their_names_alone() -> None:
    held = packed({
        "ảnh/NL-1.jpg": picture(), "../../NL-2.png": picture("PNG"), "NL-3.txt": b"x", "ảnh/": b"",
        "__MACOSX/._NL-1.jpg": b"x", ".DS_Store": b"x", "Thumbs.db": b"x",
    })  # fmt: skip
    found = [(one.file, one.code, one.fault) for one in unpacked(io.BytesIO(held))]
    assert found == [("NL-1.jpg", "NL-1", ""), ("NL-2.png", "NL-2", ""), ("NL-3.txt", "NL-3", "kind")]


def test_of_two_pictures_of_one_code_in_a_zip_the_second_is_refused() -> None:
    held = packed({"NL-1.jpg": picture(), "khác/NL-1.png": picture("PNG")})
    found = list(portraits.without_doubles(unpacked(io.BytesIO(held))))
    assert [one.fault for one in found] == ["", PhotoFault.DOUBLE]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", packed({"NL-1.jpg": picture()})[:-40]], ids=["none", "half"])
def test_what_is_no_zip_is_one_sentence(data: bytes, lan: Client) -> None:
    answer = lan.post(reverse(AT), data, content_type="application/octet-stream", headers={"X-File-Name": "anh.zip"})
    assert (answer.status_code, answer.json()["refused"]) == (400, f"anh.zip: {NO_ZIP}")


def test_a_zip_of_more_than_anybody_means_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portraits, "MOST_IN_ZIP", 1)
    with pytest.raises(ValidationError) as refused:
        list(unpacked(io.BytesIO(packed({"a.jpg": b"x", "b.jpg": b"x"}))))
    assert refused.value.code == PhotoFault.MANY


def test_every_picture_is_shown_with_what_becomes_of_it_before_any_is_kept(
    lan: Client, hoa: Person, far: Person, tree: Tree, house: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    other = services.enter(organisation=tree.commune, full_name="Lò Văn An", code="NL-2", by="test")
    same = services.enter(organisation=tree.sister, full_name="Bế Thị Hà", code="NL-3", by="test")
    with django_capture_on_commit_callbacks(execute=True):
        before = kept(other, colour="#113355")
        kept(same, colour="#334455")
    sent(lan, NL_1__jpg=picture())
    sent(
        lan, **{
            "NL-1__jpg": picture(), "nl-2__png": picture("PNG"), "NL-3__jpg": picture(colour="#334455"),
            "DH-1__jpg": picture(), "NL-9__jpg": picture(), "NL-4__jpg": b"no picture",
        },
    )  # fmt: skip
    assert states(lan) == {
        "DH-1.jpg": "error", "NL-1.jpg": "new", "NL-3.jpg": "unchanged", "NL-4.jpg": "error", "NL-9.jpg": "error",
        "NL_1.jpg": "error", "nl-2.png": "changed",
    }  # fmt: skip
    page = lan.get(reverse(AT))
    assert "Lê Văn Xa" not in page.content.decode()
    assert Portrait.objects.count() == 2

    late = lan.post(reverse(AT), {"act": "confirm", "digest": "0" * 64}, follow=True)
    assert "changed since this preview" in late.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = lan.post(reverse(AT), {"act": "confirm", "digest": page.context["digest"]}, follow=True)
    assert "2 kept, 4 left out" in done.content.decode()
    assert not WaitingPhoto.objects.exists()
    assert {one.person.code for one in Portrait.objects.all()} == {"NL-1", "NL-2", "NL-3"}
    # Of the picture that was replaced nothing is left.
    assert not portraits.path_of(before).exists()
    assert len(list(house.rglob("*.*"))) == 3
    assert LedgerEntry.objects.filter(kind="person.photo_kept").count() == 4
    assert verify().findings == ()


def test_pictures_are_put_away_and_gone_after_a_day(lan: Client, hoa: Person) -> None:
    sent(lan, **{"NL-1__jpg": picture()})
    lan.post(reverse(AT), {"act": "discard"})
    assert not WaitingPhoto.objects.exists()
    sent(lan, **{"NL-1__jpg": picture()})
    WaitingPhoto.objects.update(sent_at="2020-01-01T00:00:00Z")
    assert states(lan) == {}
    assert not WaitingPhoto.objects.exists()


def test_a_picture_sent_again_takes_the_place_of_the_first(lan: Client, hoa: Person) -> None:
    sent(lan, **{"NL-1__jpg": b"no picture"})
    sent(lan, **{"NL-1__png": picture("PNG")})
    assert states(lan) == {"NL-1.png": "new"}


def test_a_picture_that_waits_is_seen_by_its_sender_alone(lan: Client, hoa: Person, tree: Tree) -> None:
    sent(lan, **{"NL-1__jpg": picture()})
    waiting = WaitingPhoto.objects.get()
    there = reverse("waiting_photo", args=[waiting.key])
    assert lan.get(there).content == bytes(waiting.jpeg)
    colleague = person("mai", "Hà Thị Mai")
    accounts.grant(user=colleague, role=Role.ORGANISATION_COMMISSION, by="test", organisation=tree.na_luong.key)
    assert signed_in(colleague).get(there).status_code == 404
    assert states(signed_in(colleague)) == {}


def test_a_photograph_is_seen_with_personnel_data_and_never_without(
    lan: Client, clerk: Client, hoa: Person, far: Person
) -> None:
    for one, seen in ((hoa, 200), (far, 404)):
        there = reverse("person_photo", args=[one.key, kept(one).name])
        assert lan.get(there).status_code == seen
        # Who may not see any personnel data is refused at the gate.
        assert clerk.get(there).status_code == 403
    name = Portrait.objects.get(person=hoa).name
    assert name in lan.get(reverse("person", args=[hoa.key])).content.decode()
    page = clerk.get(reverse("person", args=[hoa.key])).content.decode()
    assert name not in page
    assert "person_photo" not in page
    assert lan.get(reverse("person_photo", args=[hoa.key, "0" * 64])).status_code == 404


def test_who_sees_no_personnel_data_sends_no_photographs(clerk: Client, hoa: Person) -> None:
    assert clerk.get(reverse(AT)).status_code == 404
    there = reverse("person_photo_change", args=[hoa.key])
    assert clerk.post(there, {"photo": SimpleUploadedFile("a.jpg", picture())}).status_code == 404
    assert reverse(AT) not in clerk.get(reverse("people")).content.decode()


def test_one_photograph_is_kept_and_taken_away_on_the_page_of_its_person(
    lan: Client, hoa: Person, far: Person, house: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    there = reverse("person_photo_change", args=[hoa.key])
    said = []
    for given in ({}, {"photo": SimpleUploadedFile("a.jpg", b"no picture")}):
        answer = lan.post(there, given, follow=True)
        said += [str(message) for message in answer.context["messages"]]
    assert said == ["Choose a file first.", "This is no picture; JPEG, PNG and WebP are taken."]
    with django_capture_on_commit_callbacks(execute=True):
        lan.post(there, {"photo": SimpleUploadedFile("a.jpg", picture())})
    assert portraits.path_of(Portrait.objects.get(person=hoa)).is_file()
    with django_capture_on_commit_callbacks(execute=True):
        lan.post(there, {"remove": "1"})
    assert not Portrait.objects.exists()
    assert not [one for one in house.rglob("*") if one.is_file()]
    assert lan.post(reverse("person_photo_change", args=[far.key]), {"remove": "1"}).status_code == 404
    kinds = LedgerEntry.objects.filter(subject=f"person:{hoa.key}").values_list("kind", flat=True)
    assert list(kinds.order_by("seq")) == ["person.entered", "person.photo_kept", "person.photo_removed"]


def test_all_photographs_that_one_sees_are_taken_out_and_can_be_sent_in_again(
    lan: Client, hoa: Person, far: Person
) -> None:
    kept(hoa)
    kept(far)
    answer = lan.get(reverse("people_photos_file"))
    whole = answer.content
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        assert made.namelist() == ["NL-1.jpg"]
    assert [one.code for one in unpacked(io.BytesIO(whole))] == ["NL-1"]
    assert LedgerEntry.objects.get(kind="people.photos_exported").facts.count('"pictures":1') == 1


def test_a_photograph_whose_file_did_not_come_along_is_none(lan: Client, hoa: Person) -> None:
    portrait = kept(hoa)
    portraits.path_of(portrait).unlink()
    assert lan.get(reverse("person_photo", args=[hoa.key, portrait.name])).status_code == 404
    assert portrait.name not in lan.get(reverse("person", args=[hoa.key])).content.decode()
    # Sent again it is kept again, though it is the same.
    assert services.keep_portrait(person=hoa, jpeg=cleaned(picture()), by="test")
    assert portraits.jpeg_of(portrait) is not None


@pytest.mark.parametrize("number", [1, 3])
def test_preview_asks_a_constant_count_of_queries(
    number: int, tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(number):
        services.enter(organisation=tree.commune, full_name="Lò Văn An", code=f"NL-{at}", by="test")
        waiting_photos.put("7", looked_at(f"NL-{at}.jpg", picture()))
    with django_assert_num_queries(4):
        rows = waiting_photos.rows_of("7", Person.objects.select_related("organisation"))
    assert [row.state for row in rows] == ["new"] * number
