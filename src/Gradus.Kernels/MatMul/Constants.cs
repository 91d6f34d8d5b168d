namespace Gradus.Kernels;

/// <summary>A number that the compiler knows: generic code that branches on it is compiled without the branch.</summary>
internal interface IConstant
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>The constants that a tile's height and width are made of.</summary>
internal static class Constants
{
    public readonly struct One : IConstant { public static int Value => 1; }

    public readonly struct Two : IConstant { public static int Value => 2; }

    public readonly struct Three : IConstant { public static int Value => 3; }

    public readonly struct Four : IConstant { public static int Value => 4; }

    public readonly struct Five : IConstant { public static int Value => 5; }

    public readonly struct Six : IConstant { public static int Value => 6; }

    public readonly struct Seven : IConstant { public static int Value => 7; }

    public readonly struct Eight : IConstant { public static int Value => 8; }

    public readonly struct Nine : IConstant { public static int Value => 9; }

    public readonly struct Ten : IConstant { public static int Value => 10; }

    public readonly struct Eleven : IConstant { public static int Value => 11; }

    public readonly struct Twelve : IConstant { public static int Value => 12; }
}
