namespace Gradus.Data.Tests;

public class DigitShapesTests
{
    [Fact]
    public void Every_digit_is_written_in_several_ways()
    {
        var ways = DigitShapes.All.GroupBy(shape => shape.Digit).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(Enumerable.Range(0, 10), ways.Keys.Order());
        Assert.All(ways.Values, count => Assert.InRange(count, 4, 20));
    }

    [Fact]
    public void Strokes_are_points_in_the_box_few_enough_for_the_pen()
    {
        foreach (var shape in DigitShapes.All)
        {
            Assert.True(shape.Weight > 0);
            foreach (var stroke in shape.Strokes)
            {
                Assert.Equal(0, stroke.Length % 2);
                Assert.InRange(stroke.Length / 2, 2, DigitWriter.MaxStrokePoints);
                Assert.All(stroke, coordinate => Assert.InRange(coordinate, 0, 100));
            }

            Assert.True(shape.Strokes.Sum(stroke => stroke.Length / 2) * DigitWriter.StepsPerPiece <= DigitPen.MaxPoints);
        }
    }
}
