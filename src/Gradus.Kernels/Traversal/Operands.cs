namespace Gradus.Kernels;

/// <summary>
/// One number for each operand of a <see cref="Nest"/>: an address, or the bytes of a step. Those of operands that a nest does not have are 0.
/// </summary>
/// <remarks>Four fields instead of an array, so that a loop keeps them in registers.</remarks>
internal unsafe struct Operands
{
    /// <summary>How many there may be.</summary>
    public const int Count = 4;

    public nint Output;
    public nint First;
    public nint Second;
    public nint Third;

    /// <summary>By number: 0 is the output.</summary>
    public readonly nint this[int operand] => operand switch { 0 => Output, 1 => First, 2 => Second, _ => Third };

    /// <summary>Where the operands begin.</summary>
    public static Operands At(void* output, void* first, void* second = null, void* third = null) =>
        new() { Output = (nint)output, First = (nint)first, Second = (nint)second, Third = (nint)third };

    /// <summary>Goes a number of steps on.</summary>
    public void Move(nint count, in Operands step)
    {
        Output += count * step.Output;
        First += count * step.First;
        Second += count * step.Second;
        Third += count * step.Third;
    }
}
