using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NatsKeys.Loader;

/// <summary>Reads the identity of an assembly's build, without loading the assembly.</summary>
internal static class BuildId
{
    /// <summary>Reads the identity of an assembly file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The module version id.</returns>
    internal static Guid Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
