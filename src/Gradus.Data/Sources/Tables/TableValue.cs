using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gradus.Data;

/// <summary>
/// A cell of a table: a number, a text, or nothing. Values of C# become one by themselves: <c>TableValue area = 12.5;</c>. A date is a text that is
/// read as a date; a truth value is the text <c>true</c> or <c>false</c>; NaN is nothing.
/// </summary>
/// <remarks>A number is the one that its shortest decimal form says, so that 0.1f and the text 0.1 of a file are equal.</remarks>
public readonly struct TableValue : IEquatable<TableValue>
{
    // Whole numbers above are not all doubles: they stay texts of digits, as in a file.
    private const long LargestExact = 1L << 53;

    private readonly string? _text;
    private readonly double _number;
    private readonly bool _isNumber;

    internal TableValue(double number) => (_number, _isNumber) = (number, true);

    internal TableValue(string? text) => _text = text;

    /// <summary>A missing cell.</summary>
    public static TableValue Missing => default;

    internal bool IsNumber => _isNumber;

    internal double Number => _number;

    /// <summary>The text; null for a number and where nothing is.</summary>
    internal string? Text => _text;

    /// <summary>A text. Spaces around it are dropped; empty, it is nothing.</summary>
    public static implicit operator TableValue(string? text) => text?.Trim() is { Length: > 0 } trimmed ? new TableValue(trimmed) : Missing;

    /// <summary>A number.</summary>
    public static implicit operator TableValue(double number) => double.IsFinite(number)
        ? new TableValue(number)
        : double.IsNaN(number) ? Missing : new TableValue(number > 0 ? "inf" : "-inf");

    /// <summary>A number, or nothing.</summary>
    public static implicit operator TableValue(double? number) => number is { } value ? value : Missing;

    /// <summary>A number: the one that its shortest decimal form says.</summary>
    public static implicit operator TableValue(float number) => float.IsFinite(number)
        ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : (double)number;

    /// <summary>A number: the one that its shortest decimal form says, or nothing.</summary>
    public static implicit operator TableValue(float? number) => number is { } value ? value : Missing;

    /// <summary>A number.</summary>
    public static implicit operator TableValue(decimal number) =>
        Whole(number.ToString(CultureInfo.InvariantCulture), number is <= LargestExact and >= -LargestExact);

    /// <summary>A number, or nothing.</summary>
    public static implicit operator TableValue(decimal? number) => number is { } value ? value : Missing;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(byte number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(byte? number) => (long?)number;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(sbyte number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(sbyte? number) => (long?)number;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(short number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(short? number) => (long?)number;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(ushort number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(ushort? number) => (long?)number;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(uint number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(uint? number) => (long?)number;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(int number) => (long)number;

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(int? number) => number is { } value ? value : Missing;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(long number) =>
        number is <= LargestExact and >= -LargestExact ? new TableValue((double)number) : new TableValue(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(long? number) => number is { } value ? value : Missing;

    /// <summary>A whole number.</summary>
    public static implicit operator TableValue(ulong number) =>
        number <= LargestExact ? new TableValue((double)number) : new TableValue(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number, or nothing.</summary>
    public static implicit operator TableValue(ulong? number) => number is { } value ? value : Missing;

    /// <summary>A truth value: the text <c>true</c> or <c>false</c>.</summary>
    public static implicit operator TableValue(bool truth) => new TableValue(truth ? "true" : "false");

    /// <summary>A truth value: the text <c>true</c> or <c>false</c>, or nothing.</summary>
    public static implicit operator TableValue(bool? truth) => truth is { } value ? value : Missing;

    /// <summary>A date, with its time of day where it is not midnight.</summary>
    public static implicit operator TableValue(DateTime time) =>
        new TableValue(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    /// <summary>A date, with its time of day where it is not midnight, or nothing.</summary>
    public static implicit operator TableValue(DateTime? time) => time is { } value ? value : Missing;

    /// <summary>A date and time of day, as the clock showed there.</summary>
    public static implicit operator TableValue(DateTimeOffset time) => time.DateTime;

    /// <summary>A date and time of day, as the clock showed there, or nothing.</summary>
    public static implicit operator TableValue(DateTimeOffset? time) => time is { } value ? value : Missing;

    /// <summary>A date.</summary>
    public static implicit operator TableValue(DateOnly date) => date.ToDateTime(TimeOnly.MinValue);

    /// <summary>A date, or nothing.</summary>
    public static implicit operator TableValue(DateOnly? date) => date is { } value ? value : Missing;

    /// <summary>A time of day.</summary>
    public static implicit operator TableValue(TimeOnly time) => new TableValue(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));

    /// <summary>A time of day, or nothing.</summary>
    public static implicit operator TableValue(TimeOnly? time) => time is { } value ? value : Missing;

    /// <summary>Tells whether two cells hold the same.</summary>
    public static bool operator ==(TableValue left, TableValue right) => left.Equals(right);

    /// <summary>Tells whether two cells hold different things.</summary>
    public static bool operator !=(TableValue left, TableValue right) => !left.Equals(right);

    /// <summary>A cell of a value whose type is known only when the program runs: as a database or a dictionary gives it.</summary>
    /// <param name="value">
    /// A number of any type, a text, a truth value, a date or time, an enumeration's value, a GUID, or null or <see cref="DBNull"/> for a missing cell.
    /// </param>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public static TableValue From(object? value) => TryFrom(value, out var cell)
        ? cell
        : throw new ArgumentException(
            $"got a value of type {value!.GetType().Name}, expected a number, a text, a truth value, a date, or null.", nameof(value));

    /// <inheritdoc/>
    public bool Equals(TableValue other) => _isNumber == other._isNumber && _number.Equals(other._number) && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TableValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_isNumber, _number, _text);

    /// <summary>The cell as a file would have it; empty where nothing is.</summary>
    public override string ToString() => _isNumber ? _number.ToString("R", CultureInfo.InvariantCulture) : _text ?? "";

    internal static bool TryFrom(object? value, out TableValue cell)
    {
        (var isKnown, cell) = value switch
        {
            null or DBNull => (true, Missing),
            TableValue known => (true, known),
            string text => (true, text),
            double number => (true, number),
            float number => (true, number),
            decimal number => (true, number),
            int number => (true, number),
            long number => (true, number),
            short number => (true, number),
            byte number => (true, number),
            sbyte number => (true, number),
            ushort number => (true, number),
            uint number => (true, number),
            ulong number => (true, number),
            Half number => (true, (float)number),
            bool truth => (true, truth),
            DateTime time => (true, time),
            DateTimeOffset time => (true, time),
            DateOnly date => (true, date),
            TimeOnly time => (true, time),
            TimeSpan time when time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) => (true, TimeOnly.FromTimeSpan(time)),
            char character => (true, character.ToString()),
            Guid or Enum => (true, value.ToString()),
            _ => (false, Missing),
        };
        return isKnown;
    }

    /// <summary>A number as JSON or a decimal writes it: large whole ones stay texts, as in a file.</summary>
    internal static TableValue Whole(string written, bool isExact) =>
        isExact ? double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture) : new TableValue(written);
}
