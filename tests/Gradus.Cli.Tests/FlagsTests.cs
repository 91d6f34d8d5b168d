using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Tests;

public class FlagsTests
{
    public static TheoryData<string, string> Undecided => new()
    {
        { "a;y\n1,234;p\n5,678;q\n9,012;p\n", "Say which: --decimal point or --decimal comma." },
        { "d,y\n1/2/2020,p\n3/4/2020,q\n5/6/2020,p\n", "Say which: --dates dmy, --dates mdy or --dates ymd." },
        { "a,b;c|d\ne,f;g|h\ni,j;k|l\n", "Say which it is: --delimiter comma or --delimiter semicolon or --delimiter bar." },
        { "1999,2000,2001\n2001,2004,2003\n1998,2010,2009\n", "Say which it is: --header yes or --header no." },
        { "the a,y\n5 kg,p\n300 g,q\n", "with --column 'the a'=text, or leave the column out with --ignore 'the a'." },
        { "a,when\n1,2020-01-01\n2,2020-01-02\n3,2020-01-03\n", "Name another column with --target." },
    };

    [Theory]
    [MemberData(nameof(Undecided))]
    public void What_a_table_leaves_open_is_asked_for_by_the_flags_that_decide_it(string content, string advice)
    {
        // given
        using var work = new Workplace();
        work.Write("t.csv", content);

        // then
        work.Run("train", "csv:t.csv").Failed(1, advice);
    }

    [Fact]
    public void Each_option_of_data_is_a_flag_of_train()
    {
        // given: the context follows from the model, the seed has no message
        var options = typeof(DataOptions).GetProperties().Select(static option => option.Name)
            .Except([nameof(DataOptions.Context), nameof(DataOptions.Seed)]);
        using var work = new Workplace();
        var help = work.Run("train", "--help").Done().Output;

        // then
        Assert.All(options, option => Assert.Matches($@"\n  {Flags.Names[option]}\b", help));
    }

    [Theory]
    [InlineData("price_2.0", "price_2.0")]
    [InlineData("l'an et le jour", @"'l'\''an et le jour'")]
    [InlineData("a\nb", "'a·b'")]
    [InlineData("", "''")]
    public void A_name_in_advice_is_quoted_as_a_shell_takes_it(string name, string quoted)
    {
        OptionMessage message = $"{new OptionHint(nameof(DataOptions.Kinds), ColumnKind.Text, name)}";

        Assert.Equal($"--column {quoted}=text", Flags.TextOf(message));
    }

    [Fact]
    public void What_is_no_flag_stays_as_it_is()
    {
        OptionMessage message = $"{new OptionHint("Rate", 0.5)} or {new OptionHint(nameof(DataOptions.MaxCategories), 8)}";

        Assert.Equal("Rate = 0.5 or --categories 8", Flags.TextOf(message));
    }
}
