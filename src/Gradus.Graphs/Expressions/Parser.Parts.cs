namespace Gradus.Graphs;

internal sealed partial class Parser
{
    /// <summary>A value and what stands behind it: elements in brackets, the transpose, a raised number.</summary>
    private int Part()
    {
        var part = Atom();
        while (true)
        {
            if (Is("[")) part = Elements(part);
            else if (Is(".")) part = Transposed(part);
            else if (Current.Kind == TokenKind.Superscript) part = Raised(part);
            else return part;
        }
    }

    private int Elements(int whole)
    {
        var begin = Next();
        var places = new List<AxisPlaces>();
        do places.Add(Places());
        while (Take(","));
        Expect("]");
        return Emit(Graphs.Elements.At([.. places]), [whole], null, begin.Position);
    }

    /// <summary>What is taken of one axis: <c>0</c>, <c>-1</c>, <c>1:3</c>, <c>:</c>.</summary>
    private AxisPlaces Places()
    {
        int? from = Is(":") ? null : Whole("an index: a whole number, or a slice such as 1:3");
        if (!Take(":")) return new(from, null, IsRange: false);
        int? to = Is(",") || Is("]") ? null : Whole("the end of a slice, a whole number");
        return new(from, to, IsRange: true);
    }

    private int Transposed(int matrix)
    {
        var dot = Next();
        if (Current is not { Kind: TokenKind.Name, Text: "T" }) throw Wrong("expected T after the dot, for the transpose");
        _at++;
        return Emit(Operations.Transpose, [matrix], null, dot.Position);
    }

    private int Raised(int value)
    {
        var exponent = Next();
        var inputs = new[] { value, Constant(Tensor.Scalar(exponent.Number), exponent.Text, exponent.Position) };
        return WithExponent(Emit(Operations.Power, inputs, null, exponent.Position));
    }
}
