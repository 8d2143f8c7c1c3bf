-- To the service by DICOMweb (STOW-RS): the route without the gateway. The server is in orthanc.json, section DicomWeb.

function Forward(job)
    RestApiPost('/dicom-web/servers/regstream/stow', job)
end
