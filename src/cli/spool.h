// A temporary file that has no name, in TMPDIR or /tmp.
#pragma once

#include "batch/batch.h"

namespace levy {

Checked<Spool> open_spool();  // code unwritable

}  // namespace levy
