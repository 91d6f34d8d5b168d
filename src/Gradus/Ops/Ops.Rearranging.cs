namespace Gradus;

internal static partial class Ops
{
    /// <summary>Some axes run backwards.</summary>
    public static readonly ViewOp<FlipArgs> Flip = new("flip")
    {
        Role = OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, args) => x.Flip(args.Axes),
        Dx = new(Reads.None, static (g, s) => g.Flip(s.Args.Axes)),
    };
}
