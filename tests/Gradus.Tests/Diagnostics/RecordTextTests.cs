using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gradus.Tests;

public sealed class RecordTextTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("ar")]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    public void Numbers_are_written_as_a_program_writes_them(string culture)
    {
        // given
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            // when
            string[] texts =
            [
                new ClampArgs(-1.5, double.PositiveInfinity).ToString(), new ScanArgs(-1, true).ToString(), new GradientCheckOptions().ToString(),
            ];

            // then
            Assert.Equal("ClampArgs { Min = -1.5, Max = Infinity }", texts[0]);
            Assert.Equal("ScanArgs { Axis = -1, IsReversed = True }", texts[1]);
            Assert.Contains("Tolerance = 1E-06, ", texts[2], StringComparison.Ordinal);
            Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_public_record_with_numbers_leaves_them_to_the_compiler()
    {
        // given: what the compiler writes takes the thread's culture
        var records = new[] { typeof(Tensor).Assembly, typeof(Nn.Linear).Assembly }.SelectMany(static assembly => assembly.GetExportedTypes())
            .Where(static type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

        // when
        var left = records.Where(static type => type.GetProperties().Any(static property => IsNumber(property.PropertyType)) && IsGenerated(type))
            .Select(static type => type.Name);

        // then
        Assert.Empty(left);
    }

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var number && number.IsPrimitive && number != typeof(bool) && number != typeof(char);

    private static bool IsGenerated(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;
}
