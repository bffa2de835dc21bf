"""Two people bring the same file at the same moment, on two connections."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal import files, schema
from portal.attachments.models import FileBringer, StoredFile
from portal.db import db
from portal.jobs.models import Job
from tests import make
from tests.attachments.make_files import stored
from tests.foundation.test_migrations import portal


@pytest.mark.no_session
def test_it_is_one_row_one_file_and_both_may_open_it(tmp_path):
    app = portal(tmp_path / "at-once")
    with app.app_context():
        schema.upgrade()
        firm = make.practice("Firm")
        people = [make.person(practice=firm) for _ in range(4)]
        db.session.commit()
        ids = [person.id for person in people]
        db.session.remove()
    together, failed = Barrier(len(ids)), []

    def bring(person_id: int) -> None:
        with app.app_context():
            together.wait()
            try:
                stored(b"the same words at the same moment", "a.txt", db.session.get_one(make.Person, person_id))
                db.session.commit()
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=bring, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert failed == []
        (row,) = db.session.scalars(select(StoredFile))
        assert [each.sha256 for each in files.store().hashes()] == [row.sha256]
        assert files.store().hash_now(row.sha256) == row.sha256
        assert sorted(db.session.scalars(select(FileBringer.person_id))) == sorted(ids)
        assert db.session.scalar(select(func.count()).where(Job.handler == "read-file")) == 1
        db.session.remove()
        db.engine.dispose()
