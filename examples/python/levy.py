"""levy for Python: exact payment charges and limits, through the C interface and ctypes alone.

    >>> import levy
    >>> tariff = levy.Tariff.load("schedules/okpay.json")
    >>> answer = tariff.quote("withdrawal", "250 EUR", method="bank", tier="verified")
    >>> answer["fees"]
    {'EUR': '2.50'}

Figures are text in every answer, as `levy --json` prints them: exact, and never a float. Give them
to decimal.Decimal or fractions.Fraction to compute with them.

What is given: text as it is; int and Decimal, with all their digits; True and False; datetime and
date as ISO 8601 (without an offset, in the time zone of the schedule); None as not given; dicts and
lists of these. A float is refused with TypeError, also in a column of a table, since it has lost its
last digits already; of other types json.dumps says that it does not know them.

The library, liblevy_c.so.1, is found by LEVY_LIBRARY, a path, else in ../lib beside this file's
directory, else where the system looks for libraries (LD_LIBRARY_PATH, ldconfig). A Tariff may be used from several threads at once: ctypes lets go of the interpreter's lock during a call.
"""

from __future__ import annotations

import csv
import ctypes
import datetime
import io
import json
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Iterable, Mapping, Union

__all__ = ["Batch", "LevyError", "Tariff", "validate", "version"]

Json = dict[str, Any]
Figure = Union[str, int, Decimal]
PathLike = Union[str, "os.PathLike[str]"]

_OK, _NO, _UNUSABLE = 0, 1, 2
_C_VERSION = 1


class LevyError(Exception):
    """There is no answer. `code` is the error's code (levy(1) lists them), `answer` all of it."""

    def __init__(self, answer: Json) -> None:
        error = answer.get("error", {})
        self.answer = answer
        self.code: str = error.get("code", "internal")
        self.message: str = error.get("message", "levy failed")
        super().__init__(f"{self.message} [{self.code}]")


class _Bytes(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_size_t)]


class _File(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("data", ctypes.c_char_p), ("size", ctypes.c_size_t)]


def _open_library() -> ctypes.CDLL:
    name = "liblevy_c.so.1"
    beside = Path(__file__).resolve().parent.parent / "lib" / name
    path = os.environ.get("LEVY_LIBRARY") or (str(beside) if beside.exists() else name)
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise OSError(f"{error}; LEVY_LIBRARY may name levy's library") from None
    tariff, size, text = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p
    answer, files = ctypes.POINTER(_Bytes), ctypes.POINTER(_File)
    signatures = {
        "levy_c_version": (ctypes.c_int, []),
        "levy_version": (text, []),
        "levy_load": (ctypes.c_int, [files, size, ctypes.POINTER(tariff), answer]),
        "levy_tariff_free": (None, [tariff]),
        "levy_bytes_free": (None, [answer]),
        "levy_quote": (ctypes.c_int, [tariff, text, size, answer]),
        "levy_check": (ctypes.c_int, [tariff, text, size, answer]),
        "levy_validate": (ctypes.c_int, [files, size, answer]),
        "levy_batch": (ctypes.c_int, [tariff, text, size, text, size, answer, answer, answer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    found = library.levy_c_version()
    if found != _C_VERSION:
        raise OSError(f"{path} has the interface {found}, and {_C_VERSION} is wanted")
    return library


_library = _open_library()


def _taken(answer: _Bytes) -> bytes:
    """The answer's bytes; the library's copy is freed."""
    try:
        return ctypes.string_at(answer.data, answer.size) if answer.data else b""
    finally:
        _library.levy_bytes_free(ctypes.byref(answer))


def _answered(status: int, answer: bytes) -> Json:
    decoded: Json = json.loads(answer) if answer else {}
    if status not in (_OK, _NO):
        raise LevyError(decoded)
    return decoded


def _text(value: object) -> object:
    """A value of a request, with decimals and times as text; what has lost digits is refused."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: give figures as text or decimal.Decimal")
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _text(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_text(one) for one in value]
    return value


def _request(fields: Mapping[str, object]) -> bytes:
    given = {key: _text(value) for key, value in fields.items() if value is not None}
    return json.dumps(given, ensure_ascii=False).encode("utf-8")


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text


def _files(texts: Mapping[str, str | bytes]) -> "ctypes.Array[_File]":
    files = (_File * len(texts))()
    for file, (name, text) in zip(files, texts.items()):
        data = _bytes(text)
        file.name, file.data, file.size = os.fsencode(name), data, len(data)
    return files


def _read(paths: Iterable[PathLike]) -> dict[str, str | bytes]:
    return {os.fspath(path): Path(path).read_bytes() for path in paths}


def _refuse_floats(columns: list[str]) -> None:
    if columns:
        raise TypeError(f"the column {columns[0]} holds floats: read the table with dtype=str")


def _cell(name: str, value: object) -> object:
    """A cell of a column of Python objects, as CSV is to have it; NaN is how pandas says None."""
    if isinstance(value, float):
        if value == value:
            _refuse_floats([name])
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, (Decimal, datetime.date)) else value


def version() -> str:
    """The version of the library."""
    return str(_library.levy_version().decode("ascii"))


@dataclass(frozen=True)
class Batch:
    """What became of a table: `rows`, the table with what each row costs, as bytes of CSV or JSON
    Lines; `rejects`, the rows in error with their reasons, as CSV; `summary`, counts and totals.
    `ok` is false where rows are in error or do not match their bill."""

    rows: bytes
    rejects: bytes
    summary: Json
    ok: bool


class Tariff:
    """The versions of one tariff.

    Made of the texts of its files by name, {"fee.json": b"..."}, or by `load` from paths. LevyError
    (bad_schedule) tells every fault of every file.
    """

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        self._handle = ctypes.c_void_p()
        answer = _Bytes()
        files = _files(texts)
        status = _library.levy_load(files, len(files), ctypes.byref(self._handle),
                                    ctypes.byref(answer))
        _answered(status, _taken(answer))

    @classmethod
    def load(cls, *paths: PathLike) -> "Tariff":
        """One file, or several that are versions of one tariff."""
        return cls(_read(paths))

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle:
            _library.levy_tariff_free(handle)
            self._handle = ctypes.c_void_p()

    def quote(self, operation: str | None = None, amount: Figure | None = None,
              **fields: object) -> Json:
        """What an operation costs.

        `amount` is "250 EUR", or a bare figure in the schedule's currency (or in `currency`).
        `fields` are attributes and quantities, to_currency, time, receive or pay in place of the
        amount, used, rates, profile, history, strict, max_age, at, lang, explain, as levy_c.h lists
        them. Returns the answer of `levy quote --json`; raises LevyError where there is none.
        """
        return self._ask(_library.levy_quote, operation, amount, fields)

    def check(self, operation: str | None = None, amount: Figure | None = None,
              **fields: object) -> Json:
        """May the account do it, and what would it take? Fields as for quote. Returns the answer of
        `levy check --json`: `answer["allowed"]` is True or False."""
        return self._ask(_library.levy_check, operation, amount, fields)

    def batch(self, table: str | bytes, **options: object) -> Batch:
        """A table of operations, CSV with a header or JSON Lines, with what each row costs.

        The rows are the bytes that `levy batch` writes for the table. Options are those of
        levy-batch(1): map={"field": "column"}, set={...}, select=[...], results=[...], lines=True,
        enforce_limits=True, reconcile="column", rates=..., history=..., threads=2 and more, as
        levy_c.h lists them. A row in error stops nothing; LevyError is for the run as a whole.
        """
        rows, rejects, summary = _Bytes(), _Bytes(), _Bytes()
        table, asked = _bytes(table), _request(options)
        status = _library.levy_batch(self._handle, asked, len(asked), table, len(table),
                                     ctypes.byref(rows), ctypes.byref(rejects),
                                     ctypes.byref(summary))
        texts = [_taken(one) for one in (rows, rejects, summary)]
        return Batch(texts[0], texts[1], _answered(status, texts[2]), status == _OK)

    def batch_table(self, table: Any, **options: object) -> Any:
        """The same of a pandas DataFrame or a pyarrow Table: the table with levy's columns, as text.

        Floats are refused, as their figures have lost digits: read such a table with dtype=str. What
        is missing (None, NaN, pandas.NA) is an empty cell. A frame keeps its index. Raises LevyError
        for the run as a whole; rows in error say so in `status`.
        """
        for option in ("input_format", "output_format", "header", "filter"):
            if option in options:
                raise TypeError(f"{option} is for batch: a table comes in and out as columns")
        if type(table).__module__.startswith("pandas"):
            return self._batch_pandas(table, options)
        if type(table).__module__.startswith("pyarrow"):
            return self._batch_arrow(table, options)
        raise TypeError("a pandas.DataFrame or a pyarrow.Table is wanted; batch takes bytes")

    def _batch_pandas(self, frame: Any, options: Mapping[str, object]) -> Any:
        import pandas

        twice = [name for name, is_twice in zip(frame.columns, frame.columns.duplicated()) if is_twice]
        if twice:
            raise ValueError(f"two columns are called {twice[0]}")
        _refuse_floats([name for name in frame.columns if frame[name].dtype.kind == "f"])
        written = frame.copy(deep=False)
        for name in frame.columns:
            kind = frame[name].dtype
            if kind.kind in "Ob" and not isinstance(kind, pandas.StringDtype):
                cells = [_cell(name, cell) for cell in frame[name].astype(object)]
                written[name] = pandas.Series(cells, index=frame.index, dtype=object)
        answer = self.batch(written.to_csv(index=False), **options)
        charged = pandas.read_csv(io.BytesIO(answer.rows), dtype=str, keep_default_na=False)
        charged.index = frame.index  # a row in, a row out
        return charged

    def _batch_arrow(self, table: Any, options: Mapping[str, object]) -> Any:
        import pyarrow
        import pyarrow.csv

        kinds = {field.name: getattr(field.type, "value_type", field.type) for field in table.schema}
        _refuse_floats([name for name in kinds if pyarrow.types.is_floating(kinds[name])])
        written = io.BytesIO()
        pyarrow.csv.write_csv(table, written)
        answer = self.batch(written.getvalue(), **options)
        names = next(csv.reader(io.StringIO(answer.rows.decode("utf-8"))))
        texts = pyarrow.csv.ConvertOptions(column_types={name: pyarrow.string() for name in names},
                                           strings_can_be_null=False)
        form = pyarrow.csv.ParseOptions(newlines_in_values=True)
        return pyarrow.csv.read_csv(io.BytesIO(answer.rows), parse_options=form,
                                    convert_options=texts)

    def _ask(self, function: Any, operation: str | None, amount: Figure | None,
             fields: Mapping[str, object]) -> Json:
        asked = _request({"operation": operation, "amount": amount, **fields})
        answer = _Bytes()
        status = function(self._handle, asked, len(asked), ctypes.byref(answer))
        return _answered(status, _taken(answer))


def validate(*paths: PathLike) -> Json:
    """What is unsound in the tariffs of these files: the answer of `levy validate --json`."""
    answer = _Bytes()
    files = _files(_read(paths))
    status = _library.levy_validate(files, len(files), ctypes.byref(answer))
    return _answered(status, _taken(answer))
