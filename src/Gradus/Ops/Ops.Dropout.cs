namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = 0 with probability p, else x / (1 − p).</summary>
    public static readonly UnaryOp<DropoutArgs> Dropout = new("dropout")
    {
        Derivatives = [DerivativeSymbol.Rule("g where kept, scaled", @"g \text{ where kept}")],
        Role = OpRole.Masking,
        Kind = OpKind.Linear,
        Promote = Promote.Real,
        WantsDense = true,
        Run = RandomKernels.Dropout,
        // Linear, with a mask that its arguments determine: the same again on the gradient.
        Dx = new(Reads.None, static (g, s) => Dropout!.Apply(g, s.Args)),
    };
}
