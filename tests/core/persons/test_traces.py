"""What deleting leaves behind goes, and what is shown now stays."""

from core.persons.traces import forget_stored_pages
from delivery.generations import generations


def test_only_the_pages_that_are_shown_now_stay(settings, tmp_path):
    settings.PAGE_STORE = str(tmp_path / "pages")
    store = generations()
    current = store.current()
    old = tmp_path / "pages" / "gen-0-old" / "t1"
    old.mkdir(parents=True)
    (old / "i.html").write_text("Ada")

    forget_stored_pages()

    kept = [path.name for path in (tmp_path / "pages").glob("gen-*")]
    assert kept == ([current] if current else [])
    assert not old.exists()
