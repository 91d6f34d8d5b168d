using System.Globalization;

namespace Gradus.Tests;

public class PrintingTests
{
    public static TheoryData<Tensor, string> Prints => new()
    {
        { Tensor.Of([[1f, 2.5f], [-3f, 4f]]), "Tensor f32[2,2]\n[[ 1.0,  2.5],\n [-3.0,  4.0]]" },
        { Tensor.Of(1, 20, -3), "Tensor i32[3]\n[ 1, 20, -3]" },
        { Tensor.Of(true, false), "Tensor bool[2]\n[ true, false]" },
        { Tensor.Scalar(0.1f), "Tensor f32[] 0.1" },
        { Tensor.Scalar(9007199254740993L), "Tensor i64[] 9007199254740993" },
        { Tensor.Zeros([0, 3]), "Tensor f32[0,3] []" },
        { Tensor.Of(float.NaN, float.PositiveInfinity, -1f), "Tensor f32[3]\n[nan, inf,  -1]" },
        { Tensor.Of(1e-6, 1.0), "Tensor f64[2]\n[1.0000e-06, 1.0000e+00]" },
        { Tensor.Of(1.0 / 3, 2.0), "Tensor f64[2]\n[0.3333, 2.0000]" },
        { Tensor.Arange(8).Reshape(2, 2, 2), "Tensor i64[2,2,2]\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]" },
        { Tensor.Arange(2000), "Tensor i64[2000]\n[   0,    1,    2, ..., 1997, 1998, 1999]" },
        { Tensor.Ones([2]).Named("weights"), "Tensor f32[2] 'weights'\n[1, 1]" },
        { Tensor.Zeros([1001, 2], DType.Int32), "Tensor i32[1001,2]\n[[0, 0],\n [0, 0],\n [0, 0],\n ...,\n [0, 0],\n [0, 0],\n [0, 0]]" },
    };

    [Theory, MemberData(nameof(Prints))]
    public void A_tensor_prints_as_an_array_of_one_width(Tensor tensor, string expected)
    {
        // given: a culture that writes a decimal comma
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        // when
        var text = tensor.ToString();
        CultureInfo.CurrentCulture = before;

        // then
        Assert.Equal(expected, text);
    }

    [Fact]
    public void Messages_are_written_in_the_invariant_culture()
    {
        // given
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        // when
        var error = Record.Exception(static () => Tensor.Arange(0.5, 2, 0));
        CultureInfo.CurrentCulture = before;

        // then
        Assert.Equal("arange: 0.5 to 2 in steps of 0 is not a finite number of elements.", error?.Message);
    }
}
