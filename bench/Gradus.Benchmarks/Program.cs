using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Gradus.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath("artifacts/benchmarks"));
