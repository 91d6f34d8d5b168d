using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gradus;

/// <summary>A use of Gradus that cannot work. The message says what came, what was expected and what to do.</summary>
public class GradusException : Exception
{
    /// <summary>An error without words of its own.</summary>
    public GradusException()
    {
    }

    /// <summary>An error with its message.</summary>
    public GradusException(string message) : base(message)
    {
    }

    /// <summary>An error with its message and what caused it.</summary>
    public GradusException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>The messages that several operations share, in one place.</summary>
internal static class Errors
{
    public static GradusException NoDType(string type) =>
        new($"dtype: {type} cannot be an element. Use float, double, int, long, bool, Half or BFloat16.");

    public static GradusException AxisOutOfRange(string operation, int axis, Shape shape) => shape.Rank == 0
        ? new($"{operation}: axis {axis} of a scalar, which has no axes.")
        : new($"{operation}: axis {axis} is out of range for {shape}; use {-shape.Rank} … {shape.Rank - 1}.");

    public static GradusException AxisTooLong(string operation, long size) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{operation}: an axis of {size} positions; an axis has at most {int.MaxValue}. Use smaller pieces."));

    public static ArgumentNullException NoOperand(string operation) =>
        new("operand", $"{operation}: an operand is null, expected a tensor.");

    public static GradusException NoResult(string operation) =>
        new($"{operation}: the function gave null, expected a tensor.");

    public static GradusException Broadcast(string operation, Shape x, Shape y, int left, int right) =>
        new($"{operation}: {x} and {y} do not broadcast: sizes {left} and {right} differ and neither is 1.");

    public static GradusException IndexOutOfRange(string operation, long index, int axis, int size) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{operation}: index {index} is out of range for axis {axis} of size {size}."));

    public static GradusException NoArithmetic(string operation) =>
        new($"{operation}: bool has no arithmetic. Convert it with To().");

    public static GradusException WrongDType(string operation, string expected, Tensor came) =>
        new($"{operation}: expected {expected}, got {came.Describe()}.");

    public static GradusException TooLarge(long bytes, long most) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: a tensor of {bytes} bytes; this process may have {most}. Use smaller pieces, or a smaller element type."));

    public static GradusException BeyondSpan(string operation, Tensor tensor) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"{operation}: {tensor.Describe()} has {tensor.Count} elements; a span or an array holds at most {int.MaxValue}. ") +
            "Take it in pieces, with Slice or Split.");

    /// <summary>Whether an exception of a kernel says that sizes are beyond what it can count, or that there is no memory for its work.</summary>
    public static bool IsBeyondKernel(Exception error) => error is OutOfMemoryException or OverflowException;

    public static GradusException BeyondKernel(string operation, Exception error) =>
        new($"{operation}: the sizes are beyond what its kernel can count, or there is no memory for its work ({error.Message}) Use smaller pieces.", error);

    public static GradusException OutOfMemory(long bytes, long used, OutOfMemoryException error) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: there is none for a tensor of {bytes} bytes beside the {used} bytes of others. Let go of tensors, or use smaller pieces."), error);

    public static GradusException DoesNotFit(string operation, string what, string came, string expected) =>
        new($"{operation}: the {what} is {came}, expected {expected}.");

    [DoesNotReturn]
    public static void ThrowNotExpandable(Shape from, Shape to) =>
        throw new GradusException($"memory: {from} does not broadcast to {to}.");

    [DoesNotReturn]
    public static void ThrowHeldAs(Meta came, string type) =>
        throw new GradusException($"memory: {came} cannot be read as elements of type {type}. Convert it with To().");

    [DoesNotReturn]
    public static void ThrowOutside(Layout layout, DType type, long bytes) =>
        throw new GradusException(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: a view {type.ShortName}{layout.Shape} reaches beyond the {bytes} bytes that it is of."));

    [DoesNotReturn]
    public static void ThrowFreed(string operation, Tensor tensor) => throw new GradusException(tensor.IsFreedByLayer
        ? $"{operation}: this tensor was computed inside a network, which gave its memory back as soon as the next layer had read it. " +
            "Keep a Clone() of it, or look at it in a hook: RegisterForwardHook."
        : $"{operation}: this tensor's scope has ended and its memory is gone. Use `scope.Keep(tensor)` before the scope ends.");
}
