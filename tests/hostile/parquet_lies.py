"""Parquet files that lie: one number in the footer, or before a page, is changed for another, and the rest is whole.

Footers and page headers are in Thrift's compact form (thrift.apache.org), of which what Parquet uses is read here.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

MARK = b"PAR1"
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)


class Site(NamedTuple):
    """A number in Thrift's form: the fields and places that lead to it, where it stands, and what it says."""

    path: tuple[int, ...]
    start: int
    end: int
    value: int
    kind: str


def lie(data: bytes, path: tuple[int, ...], value: int) -> bytes:
    """`data` with `value` for what its footer says at `path` (field numbers of parquet.thrift, and places in lists)."""
    length = struct.unpack("<I", data[-8:-4])[0]
    body, footer = data[: -8 - length], data[-8 - length : -8]
    site = next(site for site in _struct_sites(footer, 0, ())[0] if site.path == path)
    changed = footer[: site.start] + _written(site, value) + footer[site.end :]
    return body + changed + struct.pack("<I", len(changed)) + MARK


def lie_of_page(data: bytes, offset: int, path: tuple[int, ...], value: int) -> bytes:
    """`data` with `value` for what the header of the page at `offset` says; the page loses as many bytes."""
    sites, _ = _struct_sites(data, offset, ())
    site = next(site for site in sites if site.path == path)
    written = _written(site, value)
    return data[: site.start] + written + data[site.start + max(len(written), site.end - site.start) :]


def _written(site: Site, value: int) -> bytes:
    if site.kind == "list":
        return bytes([0xF0 | site.value & 15]) + _varint(value)
    return _varint(value if site.kind == "length" else (value << 1) ^ (value >> 63))


def _varint(value: int) -> bytes:
    written = b""
    while value > 127:
        written += bytes([value & 127 | 128])
        value >>= 7
    return written + bytes([value])


def _read_varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while data[place] & 128:
        value |= (data[place] & 127) << shift
        place, shift = place + 1, shift + 7
    return value | data[place] << shift, place + 1


def _struct_sites(data: bytes, place: int, path: tuple[int, ...]) -> tuple[list[Site], int]:
    """The numbers of the struct at `place`, and where it ends."""
    sites: list[Site] = []
    field = 0
    while head := data[place]:
        place += 1
        field += head >> 4
        if not head >> 4:
            told, place = _read_varint(data, place)
            field = told >> 1
        more, place = _value_sites(data, place, head & 15, (*path, field))
        sites += more
    return sites, place + 1


def _value_sites(data: bytes, place: int, kind: int, path: tuple[int, ...]) -> tuple[list[Site], int]:
    if kind in (_I16, _I32, _I64):
        value, end = _read_varint(data, place)
        return [Site(path, place, end, (value >> 1) ^ -(value & 1), "number")], end
    if kind == _BINARY:
        length, end = _read_varint(data, place)
        return [Site(path, place, end, length, "length")], end + length
    if kind == _LIST:
        return _list_sites(data, place, path)
    if kind == _STRUCT:
        return _struct_sites(data, place, path)
    return [], place + {_TRUE: 0, _FALSE: 0, _BYTE: 1, _DOUBLE: 8}[kind]


def _list_sites(data: bytes, place: int, path: tuple[int, ...]) -> tuple[list[Site], int]:
    count, kind, end = data[place] >> 4, data[place] & 15, place + 1
    if count == 15:
        count, end = _read_varint(data, end)
    sites = [Site(path, place, end, kind, "list")]
    for number in range(count):
        more, end = _value_sites(data, end, kind, (*path, number))
        sites += more
    return sites, end


FOOTERS = {
    "rows of the file": ((3,), 10**9),
    "fewer rows than none": ((3,), -1),
    "columns declared": ((2,), 2**31 - 1),
    "row groups": ((4,), 10**6),
    "columns of a row group": ((4, 0, 1), 10**6),
    "rows of a row group": ((4, 0, 3), 2**40),
    "values of a column": ((4, 0, 1, 1, 3, 5), 2**31 - 1),
    "bytes of a column, unpacked": ((4, 0, 1, 1, 3, 6), 2**62),
    "bytes of a column, packed": ((4, 0, 1, 1, 3, 7), 2**62),
    "place of a page": ((4, 0, 1, 1, 3, 9), 2**40),
    "codec": ((4, 0, 1, 1, 3, 4), 10**6),
    "length of a column's name": ((4, 0, 1, 1, 3, 3, 0), 2**31 - 1),
    "type of a column": ((2, 2, 1), 0),
    "whether a column may be missing": ((2, 2, 3), 1),
}
"""What a footer says, and the lie: over some of them pyarrow takes gigabytes, over others it ends the program."""
PAGES = {
    "values of a page": ((5, 1), 2**31 - 1),
    "bytes of a page, unpacked": ((2,), 2**31 - 1),
    "bytes of a page, packed": ((3,), 2**31 - 1),
}


def lies(data: bytes, page: int) -> Iterator[tuple[str, bytes]]:
    """Each lie that can be told of the whole file `data`, which has a data page at `page`."""
    for name, (path, value) in FOOTERS.items():
        yield name, lie(data, path, value)
    for name, (path, value) in PAGES.items():
        yield name, lie_of_page(data, page, path, value)
