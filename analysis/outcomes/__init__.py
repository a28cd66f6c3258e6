"""What test results can say of the use of tablets: what was announced beforehand, what can be asked at all, and the models that answer.

    registration.py   the protocol of `data/reference/protocol.toml`, laid down before the results are known
    announced.py      that protocol as tables of the build
    progress.py       the tables of the value-added models
    fitted.py         those models, one per outcome, from `marts.progress_pupil`
    cohorts.py        the tables of a comparison over the years, and whether there can be one
    adoption.py       that comparison: schools that got tablets in different years, against some that had none
    question.sql      which questions the data can answer, and why not the others
    made.py           all of it in a build

The models are fitted by `analysis.statistics`; what comes out are tables of the schema `marts`, which measures read like any other.
"""
