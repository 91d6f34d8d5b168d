namespace Gradus.Data.Tests;

public class AngleTests
{
    [Fact]
    public void It_agrees_with_the_platform_to_15_digits()
    {
        for (var turns = -3.0; turns < 3; turns += 0.0137)
        {
            var (sin, cos) = Angle.SinCos(turns);

            Assert.Equal(Math.Sin(2 * Math.PI * turns), sin, 1e-14);
            Assert.Equal(Math.Cos(2 * Math.PI * turns), cos, 1e-14);
        }
    }
}
