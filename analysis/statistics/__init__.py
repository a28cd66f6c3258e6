"""Statistics that have no place in SQL: inequality, gaps with intervals, time to first use. Any sequence goes in; nothing out is NaN.

How often each interval holds the truth is simulated, and stands in docs/intervals.md.
"""
