namespace Gradus.Kernels.Tests.Optim;

/// <summary>Optimizer updates against their formulas in float64, over several steps and lengths.</summary>
[Collection("threads")]
public sealed unsafe class UpdateTests
{
    private static readonly int[] Lengths = [0, 1, 7, 16, 33, 100, 50_001];

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(0.01, 0, 0, false)]
    [InlineData(0, 0.9, 0, false)]
    [InlineData(0.01, 0.9, 0.1, false)]
    [InlineData(0.01, 0.9, 0, true)]
    public void Gradient_descent_follows_its_formula(double decay, double momentum, double dampening, bool nesterov)
    {
        foreach (var n in Lengths)
        {
            // Given parameters, a buffer and their float64 copies.
            var p = Numbers(n, 0.3);
            var b = new float[n];
            var (exactP, exactB) = (p.Select(v => (double)v).ToArray(), new double[n]);
            for (var step = 0; step < 3; step++)
            {
                // When a step is taken.
                var g = Numbers(n, 0.7 + step);
                fixed (float* pp = p, pg = g, pb = b)
                {
                    if (momentum == 0) Update.Run(new SgdUpdate(0.1, decay), n, pp, pg, null, null);
                    else Update.Run(new MomentumUpdate(0.1, decay, momentum, dampening, nesterov, step == 0), n, pp, pg, pb, null);
                }

                // Then parameters and buffer are those of the formula.
                for (var i = 0; i < n; i++)
                {
                    var d = g[i] + (decay * exactP[i]);
                    if (momentum != 0)
                    {
                        exactB[i] = step == 0 ? d : (momentum * exactB[i]) + ((1 - dampening) * d);
                        d = nesterov ? d + (momentum * exactB[i]) : exactB[i];
                    }

                    exactP[i] -= 0.1 * d;
                    Assert.Equal(exactP[i], p[i], 1e-5);
                    Assert.Equal(exactB[i], b[i], 1e-5);
                }
            }
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.01)]
    [InlineData(true, 0.01)]
    public void Adam_follows_its_formula(bool decoupled, double decay)
    {
        foreach (var n in Lengths)
        {
            var p = Numbers(n, 0.3).Select(v => (double)v).ToArray();
            double[] m = new double[n], v = new double[n];
            double[] exactP = [.. p], exactM = new double[n], exactV = new double[n];
            for (var step = 1; step <= 3; step++)
            {
                var g = Numbers(n, 0.7 + step).Select(x => (double)x).ToArray();
                var (c1, c2) = (1 - Math.Pow(0.9, step), 1 - Math.Pow(0.999, step));
                fixed (double* pp = p, pg = g, pm = m, pv = v)
                {
                    Update.Run(new AdamUpdate(0.01, 0.9, 0.999, 1e-8, decay, decoupled, c1, c2), n, pp, pg, pm, pv);
                }

                for (var i = 0; i < n; i++)
                {
                    var d = decoupled ? g[i] : g[i] + (decay * exactP[i]);
                    if (decoupled) exactP[i] *= 1 - (0.01 * decay);
                    exactM[i] = (0.9 * exactM[i]) + (0.1 * d);
                    exactV[i] = (0.999 * exactV[i]) + (0.001 * d * d);
                    exactP[i] -= 0.01 * (exactM[i] / c1) / (Math.Sqrt(exactV[i] / c2) + 1e-8);
                    Assert.Equal(exactP[i], p[i], 1e-12);
                    Assert.Equal(exactM[i], m[i], 1e-12);
                    Assert.Equal(exactV[i], v[i], 1e-12);
                }
            }
        }
    }

    private static float[] Numbers(int n, double step) => [.. Enumerable.Range(0, n).Select(i => (float)Math.Sin((i * step) + 0.1))];
}
