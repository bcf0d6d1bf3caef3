"""A third judge, Ralph's models, run by the Python that has them: a statement a line in, its number of faults out."""

from __future__ import annotations

import json
import sys

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

for line in sys.stdin:
    try:
        BaseXapiStatement(**json.loads(line))
        faults = 0
    except ValidationError as error:
        faults = error.error_count()
    except KeyError:  # what it raises itself where there is no object to look into
        faults = 1
    print(json.dumps([["ralph-malph", faults]]))
