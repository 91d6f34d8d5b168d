using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Gradus.Distributed;

/// <summary>The functions of Open MPI's library that are used, by their names in the standard, and the handles that it exports.</summary>
/// <remarks>In Open MPI a handle is the address of a thing in the library, in MPICH a number: a program speaks to one of them.</remarks>
internal sealed unsafe partial class MpiLibrary
{
    public const int ThreadSerialized = 2;
    public const int Truncated = 15;

    private const int MostText = 8192;
    private const int LoadNow = 2; // RTLD_NOW

    public readonly nint World, Byte, ErrorsReturn;
    public readonly delegate* unmanaged<int*, byte***, int, int*, int> InitThread;
    public readonly delegate* unmanaged<int> Finalize;
    public readonly delegate* unmanaged<nint, int, int> Abort;
    public readonly delegate* unmanaged<nint, int*, int> CommRank, CommSize;
    public readonly delegate* unmanaged<nint, nint, int> CommSetErrhandler;
    public readonly delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int> Isend, Irecv;
    public readonly delegate* unmanaged<nint*, int*, MpiStatus*, int> Test;
    public readonly delegate* unmanaged<MpiStatus*, nint, int*, int> GetCount;
    private readonly delegate* unmanaged<int*, int> _initialized;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorString;

    private MpiLibrary(nint library)
    {
        World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
        ErrorsReturn = NativeLibrary.GetExport(library, "ompi_mpi_errors_return");
        InitThread = (delegate* unmanaged<int*, byte***, int, int*, int>)NativeLibrary.GetExport(library, "MPI_Init_thread");
        Finalize = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "MPI_Abort");
        CommRank = (delegate* unmanaged<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_rank");
        CommSize = (delegate* unmanaged<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_size");
        CommSetErrhandler = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "MPI_Comm_set_errhandler");
        Isend = (delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int>)NativeLibrary.GetExport(library, "MPI_Isend");
        Irecv = (delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int>)NativeLibrary.GetExport(library, "MPI_Irecv");
        Test = (delegate* unmanaged<nint*, int*, MpiStatus*, int>)NativeLibrary.GetExport(library, "MPI_Test");
        GetCount = (delegate* unmanaged<MpiStatus*, nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Get_count");
        _initialized = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "MPI_Initialized");
        _errorString = (delegate* unmanaged<int, byte*, int*, int>)NativeLibrary.GetExport(library, "MPI_Error_string");
    }

    /// <summary>The names under which the library is looked for: Open MPI's since version 3, then what else may be there, to say what it is.</summary>
    public static string[] Names => OperatingSystem.IsMacOS()
        ? ["libmpi.40.dylib", "libmpi.dylib"] : ["libmpi.so.40", "libmpi.so", "libmpi.so.12", "libmpich.so.12"];

    public bool IsInitialized
    {
        get
        {
            int isInitialized;
            Check(_initialized(&isInitialized), "MPI_Initialized");
            return isInitialized != 0;
        }
    }

    /// <summary>Loads the first library of some names that there is.</summary>
    /// <exception cref="GradusException">There is none, or it is not Open MPI's.</exception>
    public static MpiLibrary Load(IReadOnlyList<string> names)
    {
        var other = default(string);
        foreach (var name in names)
        {
            if (!TryLoad(name, out var library)) continue;
            if (NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _)) return new MpiLibrary(library);
            other ??= $"{name} is {VersionOf(library)}, expected Open MPI. Install it (apt-get install openmpi-bin) and start by its mpirun.";
        }

        throw new GradusException(other ??
            $"MPI is not installed ({string.Join(", ", names)} missing): apt-get install openmpi-bin, or put the folder of its library in LD_LIBRARY_PATH.");
    }

    /// <exception cref="GradusException">A function has returned an error.</exception>
    public void Check(int code, string what)
    {
        if (code != 0) ThrowError(code, what);
    }

    [DoesNotReturn]
    private void ThrowError(int code, string what)
    {
        int length;
        var text = stackalloc byte[MostText];
        var message = _errorString(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : FormattableString.Invariant($"error {code}");
        throw new GradusException($"MPI, {what}: {message}.");
    }

    private static string VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Get_library_version", out var function)) return "no library of MPI";
        int length;
        var text = stackalloc byte[MostText];
        return ((delegate* unmanaged<byte*, int*, int>)function)(text, &length) == 0
            ? Encoding.UTF8.GetString(text, length).Split('\n')[0].Replace('\t', ' ').Trim() : "another MPI";
    }

    /// <summary>Loads a library so that those which it loads find its names: some builds of Open MPI have plugins that are not linked to it.</summary>
    private static bool TryLoad(string name, out nint library)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                library = Open(name, LoadNow | 0x100); // RTLD_GLOBAL
                return library != 0;
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                // The C library has the function since glibc 2.34.
            }
        }

        return NativeLibrary.TryLoad(name, out library);
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string name, int flags);
}
