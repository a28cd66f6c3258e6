"""Worlds: courses of events that agree with all that a reader knows. HiGHS finds those in which something is least, one after the other.

The solver keeps its place: the next question starts where the last one ended, which makes thousands of them cheap.
"""

import highspy
import numpy as np
from scipy.sparse import csr_array

from analysis.disclosure.knowledge import Bools, Floats, Knowledge, stacked

_TINY = 1e-9  # a multiplier of the solver that counts as none


class Worlds:
    """The worlds of one knowledge."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._shown = np.flatnonzero(known.is_shown)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(self._model())
        self._tell(known.ceilings.rows_told)

    def least(self, objective: Floats) -> Floats:
        """The quantities of a world in which their sum, each times its factor in `objective`, is least.

        Raises ValueError when the figures contradict each other, which true ones cannot.
        """
        solver, columns = self._solver, np.arange(objective.size, dtype=np.int32)
        solver.changeColsCost(objective.size, columns, objective)
        while True:
            solver.run()
            status = solver.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                raise ValueError(f"the figures that are known contradict each other: {solver.modelStatusToString(status)}")
            world = np.array(solver.getSolution().col_value)
            broken = self._known.ceilings.broken(world)
            if not broken.size:
                return world
            self._tell(broken)

    def binding(self) -> Bools:
        """Which figures held the last world back: without them the sum could have been less."""
        found = np.zeros(self._known.is_shown.size, dtype=bool)
        facts = self._known.facts.shape[0]
        held = np.array(self._solver.getSolution().row_dual)[facts : facts + self._shown.size]
        found[self._shown[np.abs(held) > _TINY]] = True
        return found

    def _model(self) -> highspy.HighsLp:
        known, model = self._known, highspy.HighsLp()
        rows = stacked([known.facts, csr_array(known.figures[self._shown])], known.upper.size)
        model.num_col_, model.num_row_ = known.upper.size, rows.shape[0]
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(known.upper.size), np.zeros(known.upper.size), known.upper
        model.row_lower_ = np.concatenate([known.sums, known.low[self._shown]])
        model.row_upper_ = np.concatenate([known.sums, known.high[self._shown]])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
        return model

    def _tell(self, chosen: np.ndarray) -> None:
        if chosen.size:
            rows, most = csr_array(self._known.ceilings.rows[chosen]), self._known.ceilings.most[chosen]
            starts = rows.indptr[:-1].astype(np.int32)
            self._solver.addRows(
                chosen.size, np.full(chosen.size, -np.inf), most, rows.nnz, starts, rows.indices.astype(np.int32), rows.data
            )
