namespace Gradus.Studio.Tests;

public class PlaygroundTableTests
{
    [Theory]
    [InlineData("0,0,a\n1,10,b\n2,5,a")]
    [InlineData("width;height;kind\n0;0;a\n1;10;b\n\n2;5,0;a\n")]
    [InlineData("x1\tx2\tclass\r\n0\t0\t\"a\"\r\n1\t10\tb\r\n2\t5\ta")]
    public void Inputs_are_scaled_to_the_plane_and_two_words_are_classes(string text)
    {
        var table = PlaygroundTable.Read(text);
        Assert.Equal([-1, -1, 0, 1, 1, 0], table.Points.X);
        Assert.Equal([0, 1, 0], table.Points.Targets);
        Assert.True(table.Points.AreClasses);
        Assert.Equal(["a", "b"], table.Classes!);
        Assert.Equal((0, 10), table.Range2);
    }

    [Fact]
    public void Of_many_columns_some_are_chosen_and_many_numbers_are_regression()
    {
        // given
        const string text = "name,y,length,width,price\nA,1,0,7,10\nB,3,5,8,20\nC,2,10,9,40";

        // then: a column of targets is known by its name
        var table = PlaygroundTable.Read(text);
        Assert.Equal([2, 3], table.Inputs);
        Assert.Equal([-1, 1, 0], table.Points.Targets);
        Assert.False(table.Points.AreClasses);

        // when
        var chosen = PlaygroundTable.Read(text, first: 4, second: 1, target: 3);

        // then
        Assert.Equal([-1, -1, Round(-1 / 3f), 1, 1, 0], chosen.Points.X.Select(Round));
    }

    [Theory]
    [InlineData("x1,x2,y\n1,2,0\n1,abc,1\n3,4,1", "number", 3, "x2", "abc")]
    [InlineData("x1,x2,y\n1,2,0\n1,2\n", "cells", 3, "", "2")]
    [InlineData("1,2\n3,4", "columns", 1, "", "2")]
    [InlineData("a,b,c\n1,x,0\n2,y,1", "columns", 0, "", "1")]
    [InlineData("", "few", 0, "", "0")]
    [InlineData("1,2,3", "few", 0, "", "1")]
    [InlineData("1,2,a\n3,4,a", "oneClass", 0, "3", "a")]
    [InlineData("1,2,a\n3,4,b\n5,6,c", "classes", 0, "3", "3")]
    [InlineData("1,2,5\n3,4,6\n5,6,oops\n7,8,9", "number", 3, "3", "oops")]
    public void What_is_wrong_is_said_with_its_line_and_column(string text, string fault, int line, string column, string got)
    {
        var exception = Assert.Throws<TableException>(() => PlaygroundTable.Read(text));
        Assert.Equal((fault, line, column, got), (exception.Fault, exception.Line, exception.Column, exception.Got));
    }

    [Fact]
    public void More_rows_than_are_shown_are_refused() =>
        Assert.Equal("many", Assert.Throws<TableException>(() =>
            PlaygroundTable.Read(string.Join('\n', Enumerable.Range(0, 2001).Select(static row => $"{row},{row},{row % 2}")))).Fault);

    [Fact]
    public void Whatever_comes_is_a_table_or_a_fault()
    {
        var random = new Random(1);
        const string letters = "0123,;\t\n\n.-e\"ab";
        for (var time = 0; time < 2000; time++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)])]);
            try
            {
                Assert.All(PlaygroundTable.Read(text).Points.X, static value => Assert.InRange(value, -1, 1));
            }
            catch (TableException)
            {
                // Said, and no crash.
            }
        }
    }

    private static float Round(float value) => (float)Math.Round(value, 2);
}
