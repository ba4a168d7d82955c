"""Bare pointers for the kernels: an array in numba counts references, which costs more than work.

A pointer keeps nothing alive: whoever calls a kernel holds the arrays until it returns.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core.errors import TypingError
from numba.extending import intrinsic

__all__ = ["fetch", "moved", "ones", "pointer_to"]

_POINTER: Any = types.CPointer


def _pointer_to(_typing: Any, array: Any) -> Any:
    """Give the address of the first item of an array of numbers without gaps, else refuse it."""
    if not isinstance(array, types.Array) or array.layout != "C":
        raise TypingError(f"A pointer needs an array laid out row by row, not {array}.")
    if not isinstance(array.dtype, types.Number):
        raise TypingError(f"A pointer needs an array of numbers, not of {array.dtype}.")

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return _POINTER(array.dtype)(array), build


def _moved(_typing: Any, pointer: Any, by: Any) -> Any:
    """Give the address so many items further on."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        steps = context.cast(builder, arguments[1], signature.args[1], types.intp)
        return builder.gep(arguments[0], [steps])

    return pointer(pointer, by), build


def _ones(_typing: Any, value: Any) -> Any:
    """Count the bits of a whole number in one instruction."""

    def build(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return value(value), build


def _fetch(_typing: Any, pointer: Any, by: Any) -> Any:
    """Ask for what lies so many items further on, so that it is near when it is needed."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        steps = context.cast(builder, arguments[1], signature.args[1], types.intp)
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        called = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        address = builder.bitcast(builder.gep(arguments[0], [steps]), byte)
        builder.call(called, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(pointer, by), build


# As numba has them: called with what follows the first argument.
fetch: Any = intrinsic(_fetch)
moved: Any = intrinsic(_moved)
ones: Any = intrinsic(_ones)
pointer_to: Any = intrinsic(_pointer_to)
