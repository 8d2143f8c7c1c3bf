-- Forwards each live image to the service by DICOMweb (STOW-RS) as soon as it is stored: the route without the gateway. The server
-- 'regstream' is in orthanc.json, section DicomWeb. Needs a service that answers POST /dicomweb/studies.

local LIVE = { MR = true, CT = true, US = true, XA = true }

function OnStoredInstance(instanceId, tags, metadata, origin)
    if LIVE[tags['Modality']] then
        RestApiPost('/dicom-web/servers/regstream/stow', DumpJson({ Resources = { instanceId }, Synchronous = false }))
    end
end
