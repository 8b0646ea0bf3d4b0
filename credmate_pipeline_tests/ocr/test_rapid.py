"""RapidOCR is optional: where it is asked for it reads, or says what to install."""

import sys

import numpy as np
import pytest

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import check_engines
from credmate_pipeline.ocr.rapid import open_rapid
from credmate_pipeline.ocr.reading import Source
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.papers import pdf_of, picture_of


def test_a_second_engine_that_is_not_installed_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ConfigurationError, match=r"CREDMATE_SECOND_ENGINE is rapidocr.*--extra rapidocr"):
        check_engines(Settings(second_engine="rapidocr"))


def test_rapidocr_sees_words_in_their_places() -> None:
    pytest.importorskip("rapidocr")
    picture = picture_of(pdf_of(("awarded 2.50 credits",), size=20), dpi=100)
    engine = open_rapid()
    words = engine.words(np.asarray(picture), dpi=100)
    assert engine.source is Source.RAPIDOCR
    assert [word.text for word in words] == ["awarded", "2.50", "credits"]
    assert all(0 <= word.left < word.right <= picture.width for word in words)
    assert words[0].right <= words[1].left <= words[2].left
