namespace Gradus.Tests;

/// <summary>What linear algebra does where it is not smooth, or defined by a choice.</summary>
public class LinearAlgebraTests
{
    [Fact]
    public void The_determinant_of_a_singular_matrix_has_a_gradient_beside_one_that_is_not()
    {
        // given
        var a = Tensor.Of([[[1.0, 2], [2, 4]], [[2, 0], [0, 3]]]).RequireGrad();

        // when
        var determinants = a.Det();
        determinants.Sum().Backward();

        // then: the cofactors
        Assert.Equal([0, 6], determinants.ToArray<double>());
        Assert.Equal([4, -2, -2, 1, 3, 0, 0, 2], a.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_second_derivative_of_a_determinant_exists_at_a_singular_matrix()
    {
        // given
        var a = Tensor.Of([[1.0, 2], [2, 4]]).RequireGrad();

        // when: ∂ det / ∂a₀₀ = a₁₁
        var first = Autograd.Grad(a.Det(), a, createGraph: true);
        var second = Autograd.Grad(first[0, 0], a);

        // then
        Assert.Equal([0, 0, 0, 1], second.ToArray<double>());
    }

    [Fact]
    public void A_singular_matrix_has_sign_0_and_an_infinite_logarithm()
    {
        // given
        var a = Tensor.Stack([Tensor.Ones([2, 2]), -Tensor.Eye(2), Tensor.Eye(2).Flip(0)]);

        // when
        var (sign, logarithm) = a.SlogDet();

        // then
        Assert.Equal([0, 1, -1], sign.ToArray<double>());
        Assert.Equal([double.NegativeInfinity, 0, 0], logarithm.ToArray<double>());
        Assert.Equal([double.NegativeInfinity, 0, double.NaN], a.LogDet().ToArray<double>());
    }

    [Fact]
    public void A_determinant_too_large_for_its_type_has_a_logarithm()
    {
        // given
        var a = Tensor.Eye(200) * 10;

        // when
        var (sign, logarithm) = a.SlogDet();

        // then
        Assert.Equal(double.PositiveInfinity, a.Det().Item());
        Assert.Equal((1, 200 * Math.Log(10)), (sign.Item(), logarithm.Item()), static (x, y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-3);
    }

    [Fact]
    public void Cholesky_does_not_read_the_upper_triangle()
    {
        // given
        var a = Tensor.Of([[4.0, double.NaN], [2, 5]]);

        // when
        var factor = a.Cholesky();

        // then
        Assert.Equal([2, 0, 1, 2], factor.ToArray<double>());
    }

    [Fact]
    public void Not_a_number_in_a_matrix_comes_out_as_one()
    {
        // given
        var a = Tensor.Of([[0.0, 1], [double.NaN, 1]]);

        // when
        var results = (a.Det().Item(), a.SlogDet().Sign.Item(), a.Inverse().IsNan().Any().Item());

        // then
        Assert.Equal((double.NaN, double.NaN, 1), results);
    }

    [Fact]
    public void Infinity_in_a_system_is_not_told_as_a_missing_rank()
    {
        // given
        var a = Tensor.Of([[double.PositiveInfinity, 1], [0, 1], [1, 0]]);

        // when
        var x = a.Lstsq(Tensor.Ones([3, 1], DType.Float64));

        // then
        Assert.True(x.IsNan().Any().Item<bool>());
    }

    [Fact]
    public void The_power_0_of_a_matrix_is_the_identity_of_its_type()
    {
        // given
        var a = Tensor.Zeros([2, 2, 2], DType.Int32);

        // when
        var power = a.MatrixPower(0);

        // then
        Assert.Equal(DType.Int32, power.DType);
        Assert.Equal([1, 0, 0, 1, 1, 0, 0, 1], power.ToArray<double>());
    }

    [Fact]
    public void A_large_system_is_solved_to_the_last_digits()
    {
        // given: rows are exchanged at nearly every step
        var generator = new Generator(4);
        var a = Tensor.Randn([300, 300], DType.Float64, generator);
        var x = Tensor.Randn([300, 3], DType.Float64, generator);

        // when
        var solution = a.Solve(a.MatMul(x));

        // then
        Assert.True((solution - x).Abs().Max().Item() < 1e-9);
        Assert.True((a.Inverse().MatMul(a) - Tensor.Eye(300, DType.Float64)).Abs().Max().Item() < 1e-9);
    }

    [Fact]
    public void Whole_numbers_keep_their_type_in_a_contraction()
    {
        // given
        var x = Tensor.Arange(6, DType.Int32).Reshape(2, 3);

        // when
        var sums = (Tensor.Einsum("ij->i", x), Tensor.Einsum("ij,kj->ik", x, x));

        // then
        Assert.Equal((DType.Int32, DType.Int32), (sums.Item1.DType, sums.Item2.DType));
        Assert.Equal([3, 12], sums.Item1.ToArray<double>());
        Assert.Equal([5, 14, 14, 50], sums.Item2.ToArray<double>());
    }

    [Fact]
    public void A_matrix_that_many_right_sides_share_gives_each_what_it_gets_alone()
    {
        // given: two matrices for six right sides
        var generator = new Generator(4);
        Tensor a = Tensor.Randn([2, 1, 40, 40], DType.Float64, generator), b = Tensor.Randn([3, 40, 150], DType.Float64, generator);

        // when
        var together = a.Solve(b);

        // then
        for (var matrix = 0; matrix < 2; matrix++)
        {
            for (var side = 0; side < 3; side++) Assert.Equal(a[matrix, 0].Solve(b[side]).ToArray<double>(), together[matrix, side].ToArray<double>());
        }

        Assert.StartsWith("solve: matrix 0 of ", Assert.Throws<GradusException>(() => Tensor.Ones([2, 2]).Solve(Tensor.Ones([3, 2, 1]))).Message);
    }
}
