"""Small documents of state are whole or not there, and one process at a time changes them."""

import multiprocessing

import pytest

from analysis.store import Store


def test_a_document_is_empty_at_first_and_then_what_was_written(store):
    assert store.state("feeds").read() == {}
    store.state("feeds").write({"https://a.it": {"etag": 'W/"1"', "è": [1, None]}})
    assert Store(store.folder).state("feeds").read() == {"https://a.it": {"etag": 'W/"1"', "è": [1, None]}}
    assert store.state("alerts").read() == {}


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "a.json", "x" * 65, "\0", "é"])
def test_a_name_is_never_a_path(store, name):
    with pytest.raises(ValueError, match="no name of a document"):
        store.state(name)


def test_a_change_that_fails_leaves_the_document(store):
    store.state("sent").write({"a": 1})
    with pytest.raises(RuntimeError), store.state("sent").edit() as document:
        document["a"] = 2
        raise RuntimeError
    assert store.state("sent").read() == {"a": 1}


def test_a_broken_document_is_said(store):
    store.state("sent").write({})
    store.state("sent").path.write_text("[1]")
    with pytest.raises(ValueError, match=r"sent\.json"):
        store.state("sent").read()


def _count(folder: str) -> None:
    for _ in range(20):
        with Store(folder).state("count").edit() as document:
            document["n"] = document.get("n", 0) + 1


def test_two_processes_that_change_a_document_lose_no_change(store):
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_count, args=(str(store.folder),)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert store.state("count").read() == {"n": 40}
