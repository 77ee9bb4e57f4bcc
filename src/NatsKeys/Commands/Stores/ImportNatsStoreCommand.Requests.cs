using NatsKeys.Editing;
using NatsKeys.Store;
using NatsKeys.Formatting;

namespace NatsKeys.Commands;

/// <content>Imports completed signing requests.</content>
public sealed partial class ImportNatsStoreCommand
{
    private void ImportRequest(string file)
    {
        var request = new SigningRequestImporter(Target, file);
        if (request.Unsigned.Count > 0)
        {
            WriteWarning($"These entities in the request '{file}' are not signed yet: {PathNames.Of(request.Unsigned)}.");
        }

        var chosen = new List<RequestedSignature>();
        foreach (RequestedSignature signature in request.Signed)
        {
            Try(
                () =>
                {
                    if (IsWanted(request, signature, file))
                    {
                        chosen.Add(signature);
                    }
                },
                file);
        }

        IReadOnlyList<NatsEntity> entities = request.Import(chosen, (_, error) => Errors.Write(error, file), Stopped);
        if (PassThru)
        {
            WriteObject(entities, enumerateCollection: true);
        }
    }

    private bool IsWanted(SigningRequestImporter request, RequestedSignature signature, string file)
    {
        if (request.IsNeeded(signature))
        {
            return ShouldProcess($"{signature.Path} from {file}", $"Import into the store {Target.Location}");
        }

        WriteVerbose($"{signature}: already in the store {Target.Location}. Nothing was written.");
        if (PassThru)
        {
            WriteObject(Target.Get(signature.Path));
        }

        return false;
    }
}
