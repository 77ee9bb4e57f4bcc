using System.Reflection;
using Xunit.Sdk;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Runs a test once with a store on disk, once with one in memory, and once with one in a bucket, where there is a server for it.</summary>
internal sealed class EveryStoreAttribute : DataAttribute
{
    /// <summary>The places that there are on this machine. A bucket needs a server.</summary>
    public static IEnumerable<StorePlace> Places => Enum.GetValues<StorePlace>().Where(place => place != StorePlace.Bucket || BucketServer.IsThere);

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Places.Select(place => new object[] { place });
}
