"""What may be shown: the one room that every figure passes on its way out (design section 6).

So far: primary rules (threshold, floors, coding of percentages, rounding) and the complements that a reader could subtract.
"""
