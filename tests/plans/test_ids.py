"""Keys made by the application."""

from concurrent.futures import ThreadPoolExecutor

from plans.base import BLOCK, new_block, new_id


def test_ids_made_in_one_burst_differ_and_grow() -> None:
    ids = [new_id() for _ in range(200_000)]

    assert ids == sorted(set(ids))


def test_ids_made_by_several_threads_differ() -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda _: new_id(), range(50_000)))

    assert len(set(ids)) == 50_000


def test_id_fits_a_signed_64_bit_column() -> None:
    assert 0 < new_id() < 2**63


def test_block_of_ids_is_taken_by_nobody_else() -> None:
    first, second = new_block(), new_block()

    assert second >= first + BLOCK
    assert new_id() >= second + BLOCK
