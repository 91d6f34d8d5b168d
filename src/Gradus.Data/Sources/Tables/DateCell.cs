using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Data;

/// <summary>Reads cells that are a date, a time of day, or both.</summary>
internal static partial class DateCell
{
    private const int Longest = 60;

    public const int Parts = 7;

    /// <summary>Number of digits of a date without separators: 20210131.</summary>
    public const int CompactLength = 8;

    // Two digits of a year: up to here in this century, above in the last.
    private const int LastOfThisCentury = 68;

    private static readonly string[][] Months =
    [
        ["jan", "january", "januar", "janvier", "enero", "jän", "jänner"], ["feb", "february", "februar", "février", "febrero"],
        ["mar", "march", "märz", "mär", "mrz", "mars", "marzo"],
        ["apr", "april", "avril", "abril"], ["may", "mai", "mayo"], ["jun", "june", "juni", "juin", "junio"], ["jul", "july", "juli", "juillet", "julio"],
        ["aug", "august", "août", "agosto"], ["sep", "sept", "september", "septembre", "septiembre"],
        ["oct", "october", "okt", "oktober", "octobre", "octubre"],
        ["nov", "november", "novembre", "noviembre"], ["dec", "december", "dez", "dezember", "décembre", "diciembre"],
    ];

    /// <summary>Reads a date or a time of day. A time of day without a date has the year 1.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="order">
    /// The order of day, month and year, for cells that do not tell it. With <see cref="DateOrder.Auto"/>, such cells are no dates.
    /// </param>
    /// <param name="date">The date.</param>
    public static bool TryRead(string cell, DateOrder order, out DateTime date)
    {
        date = default;
        if (cell.Length is < 3 or > Longest || !cell.AsSpan().ContainsAnyInRange('0', '9')) return false;
        if (Compact.Match(cell) is { Success: true } compact)
            return TryMake(compact.Groups["year"], Number(compact.Groups["month"]), compact.Groups["day"], default, out date);
        if (Pattern.Match(cell) is not { Success: true } match) return false;
        var time = match.Groups["hour"].Success ? TimeOf(match) : TimeSpan.Zero;
        if (time is not { } added) return false;
        if (match.Groups["iso"].Success) return TryMake(match.Groups["year"], Number(match.Groups["month"]), match.Groups["day"], added, out date);
        if (match.Groups["named"].Success)
            return MonthOf(match.Groups["name"].Value) is { } month && TryMake(match.Groups["year"], month, match.Groups["day"], added, out date);
        if (match.Groups["three"].Success) return TryThree(match, order, added, out date);
        if (!match.Groups["hour"].Success) return false;
        date = DateTime.MinValue + added;
        return true;
    }

    /// <summary>A part of a date.</summary>
    public static int Take(DateTime date, DatePart part) => part switch
    {
        DatePart.Year => date.Year,
        DatePart.Month => date.Month,
        DatePart.Day => date.Day,
        DatePart.Weekday => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek,
        DatePart.Hour => date.Hour,
        DatePart.Minute => date.Minute,
        _ => date.Second,
    };

    private static bool TryThree(Match match, DateOrder order, TimeSpan time, out DateTime date)
    {
        date = default;
        var (first, second, third) = (match.Groups["first"], match.Groups["second"], match.Groups["third"]);
        // Points stand between day, month and year alone.
        if (match.Groups["mark"].ValueSpan.StartsWith('.')) order = DateOrder.DayFirst;
        return order switch
        {
            DateOrder.DayFirst => TryMake(third, Number(second), first, time, out date),
            DateOrder.MonthFirst => TryMake(third, Number(first), second, time, out date),
            DateOrder.YearFirst => third.Length <= 2 && TryMake(first, Number(second), third, time, out date),
            _ => false,
        };
    }

    private static bool TryMake(Group yearGroup, int month, Group dayGroup, TimeSpan time, out DateTime date)
    {
        date = default;
        var year = Number(yearGroup);
        if (yearGroup.Length <= 2) year += year <= LastOfThisCentury ? 2000 : 1900;
        var day = dayGroup.Success ? Number(dayGroup) : 1;
        if (year is < 1000 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateTime(year, month, day) + time;
        return true;
    }

    private static TimeSpan? TimeOf(Match match)
    {
        int hour = Number(match.Groups["hour"]), minute = Number(match.Groups["minute"]);
        var second = match.Groups["second2"].Success ? Number(match.Groups["second2"]) : 0;
        if (match.Groups["half"] is { Success: true } half)
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (half.Value[0] is 'p' or 'P' ? 12 : 0);
        }

        return hour <= 23 && minute <= 59 && second <= 60 ? new TimeSpan(hour, minute, Math.Min(second, 59)) : null;
    }

    private static int? MonthOf(string name)
    {
        var found = Array.FindIndex(Months, names => names.Contains(name.ToLowerInvariant(), StringComparer.Ordinal));
        return found < 0 ? null : found + 1;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<year>(?:19|20)[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2})$")]
    private static partial Regex Compact { get; }

    // A date with the year first; one that names its month; one of three numbers; and a time of day, by itself or behind one of these.
    [GeneratedRegex("""
        ^(?:\p{L}{2,10}\.?,?\s+(?=[0-9\p{L}]))?
        (?:(?<iso>(?<year>[0-9]{4})(?<m>[-./])(?<month>[0-9]{1,2})(?:\k<m>(?<day>[0-9]{1,2}))?)
          |(?<named>(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[-./\s]{1,2}(?<name>\p{L}{3,10})\.?[-/,\s]{1,2}(?<year>[0-9]{4}|[0-9]{2}))
          |(?<named>(?<name>\p{L}{3,10})\.?\s(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s(?<year>[0-9]{4}))
          |(?<named>(?<name>\p{L}{3,10})\.?[-\s](?<year>[0-9]{4}))
          |(?<three>(?<first>[0-9]{1,2})(?<mark>[-./]\s?)(?<second>[0-9]{1,2})\k<mark>(?<third>[0-9]{4}|[0-9]{2})))?
        (?:(?:^|[T\s,]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second2>[0-9]{2})(?:[.,][0-9]{1,9})?)?
          (?:\s?(?<half>[AaPp]\.?[Mm]\.?))?(?:\s?(?:Z|UTC|GMT|[-+][0-9]{2}:?[0-9]{2}))?(?:\s?Uhr)?)?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
