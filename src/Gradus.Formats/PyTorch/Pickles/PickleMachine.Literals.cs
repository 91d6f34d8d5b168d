using System.Numerics;

namespace Gradus.Formats;

/// <content>Numbers and texts that stand in the pickle.</content>
internal sealed partial class PickleMachine
{
    private object Literal(PickleOp operation) => operation switch
    {
        PickleOp.BinInt => Number(source.Int32()),
        PickleOp.BinInt1 => Number(source.Next()),
        PickleOp.BinInt2 => Number(source.UInt16()),
        PickleOp.Long1 => Number(source.Integer(source.Next())),
        PickleOp.Long4 => Number(source.Integer(source.Int32())),
        PickleOp.BinFloat => Real(source.Float64()),
        PickleOp.Int => PickleText.Boolean(source.Line(), out var line) is { } flag ? flag : PickleText.Integer(line, source),
        PickleOp.Long => PickleText.Integer(source.Line(), source),
        PickleOp.Float => Real(PickleText.Float(source.Line(), source)),
        PickleOp.String => OldText(PickleText.Unquote(source.Line(), source)),
        PickleOp.ShortBinString => OldText(Bytes(source.Next())),
        PickleOp.BinString => OldText(Bytes(source.UInt32())),
        PickleOp.Unicode => PickleText.Unescape(Text(source.Line()), source),
        PickleOp.ShortBinUnicode => Text(Bytes(source.Next())),
        PickleOp.BinUnicode => Text(Bytes(source.UInt32())),
        PickleOp.BinUnicode8 => Text(Bytes(source.UInt64())),
        PickleOp.ShortBinBytes => Bytes(source.Next()),
        PickleOp.BinBytes => Bytes(source.UInt32()),
        PickleOp.BinBytes8 or PickleOp.ByteArray8 => Bytes(source.UInt64()),
        _ => throw source.Refuse($"operation 0x{(byte)operation:X2} is none that a file of weights needs"),
    };

    private object Number(BigInteger value)
    {
        budget.Take(PickleBudget.Number);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private object Real(double value)
    {
        budget.Take(PickleBudget.Number);
        return value;
    }

    private byte[] Bytes(ulong count)
    {
        // Refused by their length first, which says more.
        if (count <= (ulong)source.Left) budget.Take((long)count + PickleBudget.Number);
        return source.Bytes(count);
    }

    private string Text(byte[] bytes)
    {
        budget.Take((sizeof(char) * (long)bytes.Length) + PickleBudget.Number);
        try
        {
            return StrictUtf8.Encoding.GetString(bytes);
        }
        catch (System.Text.DecoderFallbackException)
        {
            // Python lets half a surrogate pair stand in a text.
            return System.Text.Encoding.UTF8.GetString(bytes);
        }
    }

    /// <summary>A text of Python 2, which may be bytes.</summary>
    private object OldText(byte[] bytes)
    {
        budget.Take((sizeof(char) * (long)bytes.Length) + PickleBudget.Number);
        try
        {
            return StrictUtf8.Encoding.GetString(bytes);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return bytes;
        }
    }
}
