using System.Globalization;

namespace Gradus.Data.Tests;

public class CellTests
{
    [Theory]
    [InlineData("", nameof(CellKind.Missing))]
    [InlineData("na", nameof(CellKind.Missing))]
    [InlineData("N/A", nameof(CellKind.Missing))]
    [InlineData("nan", nameof(CellKind.Missing))]
    [InlineData("NULL", nameof(CellKind.Missing))]
    [InlineData("?", nameof(CellKind.Missing))]
    [InlineData("inf", nameof(CellKind.Infinite))]
    [InlineData("-Infinity", nameof(CellKind.Infinite))]
    [InlineData("1e999", nameof(CellKind.Infinite))]
    [InlineData("+", nameof(CellKind.Text))]
    [InlineData("1,5", nameof(CellKind.Text))]
    [InlineData("1 000", nameof(CellKind.Text))]
    [InlineData("0x10", nameof(CellKind.Text))]
    [InlineData("-1.5e-3", nameof(CellKind.Number))]
    [InlineData(".28", nameof(CellKind.Number))]
    public void A_cell_is_missing_a_number_infinite_or_a_text(string cell, string kind)
    {
        Assert.Equal(kind, Cell.Read(cell, out _).ToString());
    }

    [Fact]
    public void Numbers_read_and_print_alike_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Cell.Read("1.5", out var number);

            Assert.Equal(1.5, number);
            Assert.Equal("1.5", Cell.Name(number));
            Assert.Equal("0", Cell.Name(-0.0));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_text_for_a_message_is_one_short_line()
    {
        Assert.Equal("\"a·b\"", Cell.Show("a\nb"));
        Assert.Equal(43, Cell.Show(new string('x', 1000)).Length);
    }
}
