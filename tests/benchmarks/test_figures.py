"""What the benchmarks say about what they measured."""

import pytest

from benchmarks import figures
from benchmarks.load import is_complete


def test_the_median_and_the_slow_end_are_ranks():
    waits = [0.001 * n for n in range(1, 101)]
    one = figures.measured("Today", 60, 8, 4.0, waits, 0.2)
    assert (one.p50_ms, one.p95_ms, one.cpu_ms, one.rate) == (50.0, 95.0, 2.0, 25.0)


@pytest.mark.parametrize(("values", "share", "wanted"), [([], 0.5, 0.0), ([3.0], 0.95, 3.0), ([1.0, 2.0], 0.5, 1.0)])
def test_few_values_have_percentiles_too(values, share, wanted):
    assert figures.percentile(values, share) == wanted


def test_ratios_compare_with_the_bare_page():
    bare = figures.measured("bare", 60, 1, 1.0, [0.001] * 100, 0.02)
    page = figures.measured("Today", 60, 1, 1.0, [0.004] * 25, 0.02)
    compared = figures.compared(page, bare)
    assert (compared.ratio, compared.cpu_ratio) == (0.25, 0.25)


def test_where_cpu_time_is_unknown_the_table_says_so():
    line = figures.table([figures.measured("Today", 1000, 1, 1.0, [0.002], None)]).splitlines()[-1]
    assert line.split() == ["1,000", "Today", "1", "1", "2.0", "2.0", "-", "-", "-"]


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-le", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", True),
        (b"HTTP/1.1 304 NOT MODIFIED\r\nserver: x\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n", False),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", True),
    ],
)
def test_a_response_is_complete_when_its_last_byte_is_there(got, wanted):
    assert is_complete(bytearray(got)) is wanted
