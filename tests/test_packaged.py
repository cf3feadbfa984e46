"""The package's own YAML is loaded safely, and by the same words wherever it is asked for."""

import yaml

from nianbao.forms import form_ids
from nianbao.packaged import LOADER, packaged


def test_a_form_is_what_the_slow_loader_reads():
    for form_id in form_ids():
        found = packaged("nianbao.forms", f"{form_id}.yaml")
        assert found["form"] == form_id
        assert yaml.safe_load(yaml.safe_dump(found)) == found


def test_the_loader_makes_no_objects():
    try:
        yaml.load("!!python/object/apply:os.getpid []", Loader=LOADER)
    except yaml.YAMLError as error:
        assert "python/object" in str(error)
    else:
        raise AssertionError("made an object")
